/* A cluster in one process, by the page "Checkpointing" to the letter: capture is part of a change.
 * It shows how little an adapter of clusckpt-adapter/1 needs; C11, no libraries, its own JSON:
 *   cc -std=c11 -Wall -Wextra -O2 -o adapter adapter.c
 *   clusckpt conform --reading mscs-page -- ./adapter
 * Names are compared without case in ASCII only. Not here, and refused: crashes of nodes,
 * dependencies, key containers, other views than the native one, input as bytes, hHostNode. */
#include "calls.h"

static char line[1 << 22];

/* The protocol. */
static int refused(const char *p) { /* a call or a resource that asks for what is not here */
    const char *view = field(p, "view");
    int other_view = view && strcmp(fold(view), "NATIVE");
    return first(field(p, "dependencies")) || first(field(p, "crypto_checkpoints"))
        || field(p, "host_node") || field(p, "input_bytes") || other_view;
}
static int reset(const char *p) {
    const char *cluster = field(p, "cluster"), *tree = field(p, "registry");
    for (const char *m = first(field(cluster, "resources")); m; m = after(m)) {
        if (refused(m)) return -1;
        for (const char *c = first(field(m, "registry_checkpoints")); c; c = after(c))
            if (refused(c)) return -1;
    }
    used = 0, n_entries = n_nodes = n_groups = n_resources = n_checkpoints = 0;
    for (const char *m = first(field(cluster, "nodes")); m && n_nodes < 63; m = after(m), n_nodes++)
        nodes[n_nodes] = fold(m), shown[n_nodes] = raw(m);
    for (const char *m = first(field(cluster, "groups")); m && n_groups < MOST; m = after(m)) {
        int node = index_of(nodes, n_nodes, fold(field(m, "owner")));
        owner[n_groups] = node < 0 ? 0 : node, groups[n_groups++] = fold(field(m, "name"));
    }
    for (const char *n = first(tree); n; n = after(n))
        for (const char *k = first(value(n)); k; k = after(k)) {
            put(index_of(nodes, n_nodes, fold(n)), fold(k), NULL, NULL);
            for (const char *v = first(value(k)); v; v = after(v))
                put(index_of(nodes, n_nodes, fold(n)), fold(k), fold(v), raw(value(v)));
        }
    for (const char *m = first(field(cluster, "resources")); m; m = after(m)) {
        const char *hosts = field(m, "possible_owners");
        int group = index_of(groups, n_groups, fold(field(m, "group"))), r = n_resources;
        resources[r] = (struct resource){group, 0, 0, hosts ? 0 : ~0ul};
        if (group < 0 || n_resources == MOST) exit(1);
        names[n_resources++] = fold(field(m, "name"));
        for (const char *h = first(hosts); h; h = after(h))
            for (int i = 0; i < n_nodes; i++)
                if (!strcmp(nodes[i], fold(h))) resources[r].hosts |= 1ul << i;
        for (const char *c = first(field(m, "registry_checkpoints")); c; c = after(c)) {
            if (n_checkpoints == MOST) exit(1);
            checkpoints[n_checkpoints] = (struct checkpoint){r, fold(field(c, "key"))};
            copy(owner[group], FIRST_COPY + n_checkpoints, checkpoints[n_checkpoints].root);
            n_checkpoints++;
        }
    }
    return 0;
}
static void member(const char *p, int *n) { /* begin a member named by the JSON string at p */
    printf("%s%.*s:", (*n)++ ? "," : "", (int)(skip(p) - p), p);
}
static void observe(const char *p) {
    int n = 0, keys, values, at = 0;
    printf("{\"states\":{");
    for (const char *m = first(field(p, "states")); m; m = after(m))
        if ((at = index_of(names, n_resources, fold(m))) >= 0)
            member(m, &n), printf(resources[at].online ? "\"Online\"" : "\"Offline\"");
    printf("},\"owners\":{");
    for (const char *m = (n = 0, first(field(p, "owners"))); m; m = after(m))
        if ((at = index_of(groups, n_groups, fold(m))) >= 0)
            member(m, &n), printf("%s", shown[owner[at]]);
    printf("},\"registry\":{");
    for (const char *m = (n = 0, first(field(p, "registry"))); m; m = after(m)) {
        int node = index_of(nodes, n_nodes, fold(m));
        member(m, &n), putchar('{');
        for (const char *k = (keys = 0, first(value(m))); k; k = after(k)) {
            member(k, &keys);
            if (!find(node, fold(k), NULL)) { printf("null"); continue; }
            putchar('{');
            for (const char *v = (values = 0, first(value(k))); v; v = after(v)) {
                struct entry *e = find(node, fold(k), fold(v));
                member(v, &values), printf("%s", e ? e->value : "null");
            }
            putchar('}');
        }
        putchar('}');
    }
    printf("}}");
}
static void answer(const char *method, const char *p) {
    if (!strcmp(method, "initialize")) {
        printf("\"result\":{\"protocol\":\"clusckpt-adapter/1\","
               "\"implementation\":{\"name\":\"c\"},"
               "\"observes\":[\"states\",\"owners\",\"registry\"],\"calls\":[");
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
            printf("%s\"%s\"", i ? "," : "", calls[i].name);
        printf("]}");
    } else if (!strcmp(method, "observe")) {
        printf("\"result\":"), observe(p);
    } else if (!strcmp(method, "shutdown") || (!strcmp(method, "reset") && reset(p) == 0)) {
        printf("\"result\":null");
    } else {
        int status = -1;
        for (size_t i = 0; i < sizeof calls / sizeof *calls && !refused(p); i++)
            if (!strcmp(method, calls[i].name)) status = calls[i].call(p);
        if (status >= 0) printf("\"result\":{\"returned\":%d}", status);
        else printf("\"error\":{\"code\":-32602,\"message\":\"not supported\"}");
    }
}
int main(void) {
    while (fgets(line, sizeof line, stdin)) {
        const char *method = plain(field(line, "method")), *id = field(line, "id");
        printf("{\"jsonrpc\":\"2.0\",\"id\":%s,", id ? raw(id) : "null");
        answer(method, field(line, "params"));
        printf("}\n"), fflush(stdout);
        if (!strcmp(method, "shutdown")) break;
    }
    return 0;
}
