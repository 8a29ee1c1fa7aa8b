// Wraps ONNX Runtime (SPLITFACE_ONNXRUNTIME=this library, FAIL_RUNTIME=the real one): sessions on a provider other than the CPU fail from
// run number FAIL_RUN on. The slots of the function table are those of Sources/CONNXRuntime/include/CONNXRuntime.h.
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
  slot_status = 0, slot_create = 7, slot_create_from_array = 8, slot_run = 9, slot_create_options = 10, slot_append = 216, slots = 260,
  limit = 256
};
typedef void *(*call)();
typedef struct {
  const void *(*get_api)(uint32_t version);
  const char *(*get_version_string)(void);
} base;

static call real[slots];
static void *table[slots];
static const base *real_base;
// Options and sessions that have a provider. A process has a few dozen of them.
static _Atomic(void *) marked[limit];
static atomic_int runs;

static void mark(void *object, int is_marked) {
  for (int i = 0; i < limit; i++)
    if (marked[i] == object) marked[i] = NULL;
  void *none = NULL;
  for (int i = 0; is_marked && i < limit; i++, none = NULL)
    if (atomic_compare_exchange_strong(&marked[i], &none, object)) return;
}

static int is_marked(const void *object) {
  for (int i = 0; i < limit; i++)
    if (object && marked[i] == object) return 1;
  return 0;
}

// New options may have the address of released ones.
static void *create_options(void **options) {
  void *status = real[slot_create_options](options);
  if (!status) mark(*options, 0);
  return status;
}

static void *append(void *options, const char *name, const char *const *keys, const char *const *values, size_t count) {
  void *status = real[slot_append](options, name, keys, values, count);
  if (!status) mark(options, 1);
  return status;
}

static void *create(void *environment, const char *path, void *options, void **session) {
  void *status = real[slot_create](environment, path, options, session);
  if (!status) mark(*session, is_marked(options));
  return status;
}

static void *create_from_array(void *environment, const void *bytes, size_t count, void *options, void **session) {
  void *status = real[slot_create_from_array](environment, bytes, count, options, session);
  if (!status) mark(*session, is_marked(options));
  return status;
}

static void *run(void *session, void *options, const char *const *names, void *inputs, size_t count, const char *const *wanted,
                 size_t outputs, void *values) {
  if (is_marked(session) && atomic_fetch_add(&runs, 1) + 1 >= atoi(getenv("FAIL_RUN")))
    return real[slot_status](1, "the device was lost");
  return real[slot_run](session, options, names, inputs, count, wanted, outputs, values);
}

static const void *get_api(uint32_t version) {
  const void *api = real_base->get_api(version);
  if (!api) return NULL;
  memcpy(real, api, sizeof real);
  memcpy(table, api, sizeof table);
  table[slot_create_options] = create_options;
  table[slot_append] = append;
  table[slot_create] = create;
  table[slot_create_from_array] = create_from_array;
  table[slot_run] = run;
  return table;
}

static const char *version(void) { return real_base->get_version_string(); }

const base *OrtGetApiBase(void) {
  static const base ours = {get_api, version};
  void *library = dlopen(getenv("FAIL_RUNTIME"), RTLD_NOW | RTLD_LOCAL);
  const base *(*get)(void) = library ? (const base *(*)(void))dlsym(library, "OrtGetApiBase") : NULL;
  if (!get) abort();
  real_base = get();
  return &ours;
}
