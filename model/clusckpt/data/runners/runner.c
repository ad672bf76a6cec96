/* Runs a file of clusckpt-vectors/1 against an implementation in C (C11, no library).
   Define `struct implementation tested` in a file of yours:  cc runner.c yours.c -o run
   Usage: run VECTORS.json READING                       (status 1: a case fails) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern struct implementation {
  void (*reset)(const char *start);          /* a start: JSON up to the end of its object */
  long long (*call)(const char *event);      /* an event: returns its status without a sign */
  const char *(*observe)(const char *watch); /* an observation, written as in the file */
} tested;

static const char *end_of(const char *at) { /* just behind a JSON value */
  int depth = 0;
  do {
    if (*at == '"') while (*++at != '"') at += *at == '\\';
    depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
    at++;
  } while (*at && (depth > 0 || !strchr(",]}\n", *at)));
  return at;
}
static const char *member(const char *object, const char *name, size_t size) {
  for (const char *at = object + 1; *at && *at != '}';) {
    const char *key = at + strspn(at, ",\n"), *colon = key + 1;
    while (*colon != '"') colon += 1 + (*colon == '\\');
    if (!strncmp(key + 1, name, size) && (size_t)(colon - key - 1) == size) return colon + 2;
    at = end_of(colon + 2), at += strspn(at, "\n");
  }
  return NULL;
}
static const char *get(const char *object, const char *name) { return member(object, name, strlen(name)); }
static const char *element(const char *list, long number) { /* NULL behind the last one */
  const char *at = list + 1 + strspn(list + 1, "\n");
  for (; number > 0 && *at && *at != ']'; number--) at = end_of(at), at += strspn(at, ",\n");
  return *at && *at != ']' ? at : NULL;
}
static int has(const char *list, long long status, const char *name) {
  const char *one;
  for (long i = 0; (one = element(list, i)); i++)
    if (name ? !strncmp(one + 1, name, strlen(name)) : *one != '"' ? atoll(one) == status : status != 0 && status != 997) return 1;
  return 0;
}
static const char *run(const char *file, const char *test, int *step) {
  const char *name = get(test, "start"), *legs = get(test, "steps"), *leg, *one;
  const char *start = member(get(file, "starts"), name + 1, strcspn(name + 1, "\""));
  for (tested.reset(start), *step = 0; (leg = element(legs, *step)); ++*step) {
    long long status = tested.call(get(leg, "event"));
    const char *seen = tested.observe(get(start, "watch")), *allowed = get(leg, "allowed");
    long way = atol(get(element(allowed, atol(get(leg, "chosen"))), "observed")), right = 0, on = 0;
    for (long i = 0; (one = element(allowed, i)); i++) {
      long place = atol(get(one, "observed"));
      const char *wanted = element(get(file, "observations"), place);
      if (strncmp(seen, wanted, (size_t)(end_of(wanted) - wanted)) || !has(get(one, "returned"), status, NULL)) continue;
      right = 1, on |= place == way;
    }
    if (!right || !on) return right ? "left" : "fail";
  }
  return "pass";
}
int main(int count, char **given) {
  FILE *stream = count == 3 ? fopen(given[1], "rb") : NULL;
  if (!stream) return fprintf(stderr, "usage: run VECTORS.json READING\n"), 2;
  char *file = calloc(1, 1 << 24);
  if (!file || !fread(file, 1, (1 << 24) - 1, stream)) return 2;
  const char *cases = get(file, "cases"), *test;
  int failed = 0, step;
  for (test = element(cases, 0); test && *test == '{'; test = end_of(test), test += strspn(test, ",\n")) {
    if (!has(get(test, "readings"), 0, given[2])) continue;
    const char *told = run(file, test, &step);
    failed |= *told == 'f';
    printf("%s %.12s step %d\n", told, get(test, "id") + 1, step + 1);
  }
  return failed;
}
