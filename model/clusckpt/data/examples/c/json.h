/* A minimal JSON reader: a value is a pointer to its first character, or NULL if it is not there.
 * Texts are kept in an arena, which is emptied by used = 0; without room the program ends. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char arena[1 << 25];
static size_t used;

static const char *blank(const char *p) { return p + strspn(p, " \t\r\n"); }
static const char *skip(const char *p) { /* to the character after a value */
    int depth = 0;
    do {
        if (*p == '"') { for (p++; *p && *p != '"'; p++) p += *p == '\\' && p[1]; }
        else if (strchr("[{", *p) && *p) depth++;
        else if (strchr("]}", *p) && *p) depth--;
        else if (!depth) return p + strcspn(p, ",:]} \t\r\n");
        p += *p != 0;
    } while (depth > 0 && *p);
    return p;
}
static const char *value(const char *member) { return blank(blank(skip(member)) + 1); }
static const char *first(const char *p) { /* member of an object, or element of an array */
    const char *inside = p ? blank(p + 1) : "]";
    return strchr("]}", *inside) ? NULL : inside;
}
static const char *after(const char *p) {
    const char *end = blank(skip(p));
    if (*end == ':') end = blank(skip(value(p)));
    return *end == ',' ? blank(end + 1) : NULL;
}
static const char *field(const char *object, const char *name) {
    size_t n = strlen(name);
    for (const char *m = first(object); m; m = after(m))
        if (!strncmp(m + 1, name, n) && m[n + 1] == '"') return *value(m) == 'n' ? NULL : value(m);
    return NULL;
}
static char *room(size_t n) {
    if (used + n > sizeof arena) exit(1);
    return arena + (used += n) - n;
}
static const char *raw(const char *p) {
    size_t n = (size_t)(skip(p) - p);
    char *text = memcpy(room(n + 1), p, n);
    return text[n] = 0, text;
}
static char *plain(const char *p) { /* what a string says; \\u stays as it is written */
    char *text = room(p ? (size_t)(skip(p) - p) + 1 : 1), *end = text;
    for (p = p ? p + 1 : "\""; *p != '"' && *p; p++) {
        if (*p == '\\' && p[1] && p[1] != 'u') p++;
        *end++ = *p;
    }
    return *end = 0, text;
}
static const char *fold(const char *p) { /* a string as it is compared */
    char *text = plain(p);
    for (char *c = text; *c; c++) *c = (char)toupper((unsigned char)*c);
    return text;
}
