/* The rules of the page "Checkpointing", on registry trees: capture is part of a change, and every
 * stored copy is restored before its resource is online. Nothing is ever merged. */
#include "json.h"

#define MOST 4096
#define FIRST_COPY 1000 /* a place is a node by its index, or FIRST_COPY + a checkpoint */
struct entry { int place; const char *key, *name, *value; }; /* without a name: the key itself */
struct resource { int group, online, wanted; unsigned long hosts; };
struct checkpoint { int resource; const char *root; };
static struct entry entries[16 * MOST];
static struct resource resources[MOST];
static struct checkpoint checkpoints[MOST];
static const char *nodes[64], *names[MOST], *groups[MOST]; /* by index, folded */
static const char *shown[64]; /* the nodes, as JSON spells them */
static int owner[MOST], n_entries, n_nodes, n_groups, n_resources, n_checkpoints;

/* Registry trees, of nodes and of stored copies. */
static int under(const char *root, const char *key) {
    size_t n = strlen(root);
    return !strncmp(root, key, n) && (!key[n] || key[n] == '\\');
}
static struct entry *find(int place, const char *key, const char *name) {
    for (struct entry *e = entries; e < entries + n_entries; e++)
        if (e->place == place && !strcmp(e->key, key) && !e->name == !name
            && (!name || !strcmp(e->name, name))) return e;
    return NULL;
}
static void put(int place, const char *key, const char *name, const char *content) {
    const char *parent = strrchr(key, '\\');
    if (name) put(place, key, NULL, NULL);
    else if (parent && place < FIRST_COPY) {
        char *above = memcpy(room(strlen(key) + 1), key, strlen(key) + 1);
        above[parent - key] = 0;
        put(place, above, NULL, NULL);
    }
    struct entry *e = find(place, key, name);
    if (!e && n_entries == 16 * MOST) exit(1);
    *(e ? e : &entries[n_entries++]) = (struct entry){place, key, name, content};
}
static void drop(int place, const char *root) {
    int kept = 0;
    for (int i = 0; i < n_entries; i++)
        if (entries[i].place != place || !under(root, entries[i].key)) entries[kept++] = entries[i];
    n_entries = kept;
}
static void copy(int from, int to, const char *root) { /* nothing, without the root */
    if (!find(from, root, NULL)) return;
    drop(to, root);
    for (int i = 0, end = n_entries; i < end; i++) {
        struct entry e = entries[i];
        if (e.place == from && under(root, e.key)) put(to, e.key, e.name, e.value);
    }
}

/* The rules of the page. */
static void changed(int node, const char *key) {
    for (int i = 0; i < n_checkpoints; i++) {
        struct checkpoint *c = &checkpoints[i];
        struct resource *r = &resources[c->resource < 0 ? 0 : c->resource];
        if (c->resource >= 0 && r->online && owner[r->group] == node && under(c->root, key))
            copy(node, FIRST_COPY + i, c->root);
    }
}
static int bring_online(int resource) {
    struct resource *r = &resources[resource];
    int node = owner[r->group];
    if (!(r->hosts >> node & 1)) return 5071; /* ERROR_NODE_CANT_HOST_RESOURCE */
    for (int i = 0; i < n_checkpoints && !r->online; i++)
        if (checkpoints[i].resource == resource) {
            copy(FIRST_COPY + i, node, checkpoints[i].root);
            for (int k = 0; k < n_entries; k++) /* other resources may watch these keys */
                if (entries[k].place == FIRST_COPY + i) changed(node, entries[k].key);
        }
    return r->online = 1, 0;
}
static int index_of(const char **names, int n, const char *name) {
    while (--n >= 0 && strcmp(names[n], name)) {}
    return n;
}
static int is_key(const char *key) {
    for (size_t n; (n = strcspn(key, "\\")) > 0 && n < 256; key += n + 1) if (!key[n]) return 1;
    return 0;
}
