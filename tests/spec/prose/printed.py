# ruff: noqa: RUF001 - what is expected is written in the notation that is tested
"""Clauses as they are printed, word for word."""

WRITE = """\
write(node : Node, key : Key, data : Data)

when  data ≠ absent ∧ data ≠ registry(node, key)
      ∧ (∀ j : Key. above(j, key) → exists(node, j))

then  registry′(n, k) =
          data            if n = node ∧ k = key
          registry(n, k)  otherwise
      blocked′(n, k) ↔ blocked(n, k) ∧ exists′(n, k)
      stored′(r, p) ↔
          stored(r, p)
          ∨ (online(r) ∧ owner(r) = node ∧ checkpoint(r, p) ∧ under(p, key)
             ∧ exists′(node, p))
      copy′(r, p, k) =
          registry′(node, k)  if online(r) ∧ owner(r) = node ∧ checkpoint(r, p)
                                 ∧ under(p, key) ∧ exists′(node, p) ∧ under(p, k)
          copy(r, p, k)       otherwise
      restored′(r, p) ↔
          (restored(r, p) ∧ ¬(pending(r) ∧ owner(r) = node ∧ under(p, key)))
          ∨ (online(r) ∧ owner(r) = node ∧ checkpoint(r, p) ∧ under(p, key)
             ∧ exists′(node, p))

history
      mine′(r, p, k) =
          registry′(node, k)  if online(r) ∧ owner(r) = node ∧ checkpoint(r, p)
                                 ∧ under(p, key) ∧ exists′(node, p) ∧ under(p, k)
                                 ∧ (k = key ∨ registry(node, p) = absent)
          mine(r, p, k)       otherwise
      astray′(r, p) ↔
          astray(r, p)
          ∧ ¬(online(r) ∧ owner(r) = node ∧ checkpoint(r, p) ∧ under(p, key)
              ∧ exists′(node, p))
          ∧ running(r)
      brought′(n, k, x) ↔ brought(n, k, x) ∧ ¬(n = node ∧ k = key)
      carried′(r, p, k, x) ↔
          brought′(node, k, x)  if online(r) ∧ owner(r) = node ∧ checkpoint(r, p)
                                   ∧ under(p, key) ∧ exists′(node, p) ∧ under(p, k)
          carried(r, p, k, x)   otherwise"""

BEGIN_OFFLINE = """\
begin_offline(resource : Resource)

when  online(resource)

then  status′(r) =
          offline pending  if r = resource
          status(r)        otherwise
      restored′(r, p) ↔ restored(r, p) ∧ r ≠ resource
      saved′(r, p) ↔ saved(r, p) ∧ r ≠ resource
      dirty′(r, p) ↔ dirty(r, p) ∧ r ≠ resource"""

COMPLETE_OFFLINE_OBSERVED = """\
complete_offline(resource : Resource)

when  stopping(resource)
      ∧ (∀ p : Key.
             checkpoint(resource, p) ∧ exists(owner(resource), p) → saved(resource, p))

then  status′(r) =
          offline    if r = resource
          status(r)  otherwise
      restored′(r, p) ↔ restored(r, p) ∧ r ≠ resource
      saved′(r, p) ↔ saved(r, p) ∧ r ≠ resource
      dirty′(r, p) ↔ dirty(r, p) ∧ r ≠ resource"""

CAPTURE = """\
readings  ms-cmrp, windows-observed, vcs-regrep, live-pair

capture(resource : Resource, root : Key)

when  dirty(resource, root) ∧ exists(owner(resource), root)

then  stored′(r, p) ↔ stored(r, p) ∨ (r = resource ∧ p = root)
      copy′(r, p, k) =
          registry(owner(r), k)  if r = resource ∧ p = root ∧ under(p, k)
          copy(r, p, k)          otherwise
      restored′(r, p) ↔ restored(r, p) ∨ (r = resource ∧ p = root ∧ online(r))
      dirty′(r, p) ↔ dirty(r, p) ∧ ¬(r = resource ∧ p = root)

history
      astray′(r, p) ↔ astray(r, p) ∧ ¬(r = resource ∧ p = root) ∧ running(r)
      carried′(r, p, k, x) ↔
          brought(owner(r), k, x)  if r = resource ∧ p = root ∧ under(p, k)
          carried(r, p, k, x)      otherwise"""

CAPTURED_WHILE_ONLINE = """\
readings  mscs-page, kb174070
for all   r : Resource, p, k : Key
if        online(r)             (online)
          stored(r, p)          (stored)
          exists(owner(r), p)   (root exists)
          under(p, k)           (covered)
          ¬tangled(r)           (untangled)
then      copy(r, p, k) = registry(owner(r), k)"""

CAPTURED_WHILE_ONLINE_CMRP = """\
readings  ms-cmrp
for all   r : Resource, p, k : Key
if        online(r)      (online)
          stored(r, p)   (stored)
          under(p, k)    (covered)
          ¬tangled(r)    (untangled)
          ¬dirty(r, p)   (nothing waits)
then      copy(r, p, k) = registry(owner(r), k)"""

CAPTURED_WHILE_ONLINE_OBSERVED = """\
readings  windows-observed, vcs-regrep
for all   r : Resource, p, k : Key
if        online(r)       (online)
          stored(r, p)    (stored)
          under(p, k)     (covered)
          ¬tangled(r)     (untangled)
          ¬dirty(r, p)    (nothing waits)
          ¬astray(r, p)   (not astray)
then      copy(r, p, k) = registry(owner(r), k)"""

CAPTURED_WHILE_ONLINE_LIVE = """\
readings  live-pair
for all   r : Resource, p, k : Key
if        online(r)       (online)
          stored(r, p)    (stored)
          under(p, k)     (covered)
          ¬dirty(r, p)    (nothing waits)
          ¬astray(r, p)   (not astray)
then      copy(r, p, k) = registry(owner(r), k)"""

NODES_STAY = """\
after     any action but crash, join
for all   n : Node
holds     up′(n) ↔ up(n)"""

OFFLINE_SAVES_EVERY_TREE = """\
readings  kb174070
after     begin_offline(resource : Resource)
for all   p, k : Key
if        checkpoint(resource, p)      (checkpointed)
          exists(owner(resource), p)   (root exists)
          under(p, k)                  (covered)
then      copy′(resource, p, k) = registry(owner(resource), k)"""
