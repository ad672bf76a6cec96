/* The calls of the protocol: each takes its parameters as JSON, and answers a Win32 status, or -1
 * if it is not supported. */
#include "page.h"

static int node_of(const char *p) { return index_of(nodes, n_nodes, fold(field(p, "node"))); }
static int write_value(const char *p) {
    const char *key = fold(field(p, "key"));
    if (!is_key(key)) return 87; /* ERROR_INVALID_PARAMETER */
    put(node_of(p), key, fold(field(p, "name")), raw(field(p, "value")));
    return changed(node_of(p), key), 0;
}
static int control(const char *p) {
    const char *code = fold(field(p, "code")), *root = fold(field(p, "input"));
    int adds = !strcmp(code, "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT");
    int r = index_of(names, n_resources, fold(field(p, "resource"))), c = n_checkpoints;
    if (!adds && strcmp(code, "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT")) return -1;
    while (--c >= 0 && (checkpoints[c].resource != r || strcmp(checkpoints[c].root, root))) {}
    if (r < 0) return 5007; /* ERROR_RESOURCE_NOT_FOUND */
    if (!strcmp(fold(field(p, "access")), "READ")) return 5; /* ERROR_ACCESS_DENIED */
    if (!is_key(root) || under("HKLM", root) || under("HKEY_LOCAL_MACHINE", root)) return 87;
    if (!adds) {
        if (c < 0) return 2;
        return drop(FIRST_COPY + c, root), checkpoints[c].resource = -1, 0;
    }
    if (c >= 0) return 183; /* ERROR_ALREADY_EXISTS */
    if (!find(owner[resources[r].group], root, NULL) || n_checkpoints == MOST) return 2;
    checkpoints[n_checkpoints] = (struct checkpoint){r, root};
    return copy(owner[resources[r].group], FIRST_COPY + n_checkpoints++, root), 0;
}
static int online_or_offline(const char *p, int online) {
    int r = index_of(names, n_resources, fold(field(p, "resource")));
    if (r < 0) return 5007;
    resources[r].wanted = online;
    return online ? bring_online(r) : (resources[r].online = 0);
}
static int go_online(const char *p) { return online_or_offline(p, 1); }
static int go_offline(const char *p) { return online_or_offline(p, 0); }
static int move(const char *p) {
    int group = index_of(groups, n_groups, fold(field(p, "group"))), node = node_of(p);
    unsigned long hosts = ~0ul >> (64 - n_nodes);
    if (group < 0) return 5013; /* ERROR_GROUP_NOT_FOUND */
    if (node == owner[group]) return 0;
    for (int i = 0; i < n_resources; i++)
        if (resources[i].group == group) hosts &= resources[i].hosts;
    if (node < 0) while (++node < 63 && (node == owner[group] || !(hosts >> node & 1))) {}
    if (!(hosts >> node & 1)) return 5071;
    for (int i = 0; i < n_resources; i++)
        if (resources[i].group == group) resources[i].online = 0;
    owner[group] = node;
    for (int i = 0; i < n_resources; i++)
        if (resources[i].group == group && resources[i].wanted) bring_online(i);
    return 0;
}
static const struct { const char *name; int (*call)(const char *); } calls[] = {
    {"RegSetValueEx", write_value}, {"MoveClusterGroup", move},
    {"ClusterResourceControl", control}, {"OnlineClusterResource", go_online},
    {"OfflineClusterResource", go_offline},
};
