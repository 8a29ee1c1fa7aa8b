// The part of ONNX Runtime's C function table that this project calls, by slot index.
//
// Why in C: `OrtApi` is a struct of several hundred function pointers, of which this project calls about fifty. Calling a function pointer
// needs its type, and in Swift a table of differently typed functions by index would need an unsafe cast at every call. Each function below
// calls one slot. Indices are zero-based and never change once a slot has been added. All slots used here exist since API version 15 (ONNX
// Runtime 1.15), which is the version to request from `GetApi`.
#ifndef SPLITFACE_CONNXRUNTIME_H
#define SPLITFACE_CONNXRUNTIME_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#define SF_ORT_API_VERSION 15

typedef struct SFOrtStatus SFOrtStatus;
typedef struct SFOrtEnv SFOrtEnv;
typedef struct SFOrtSession SFOrtSession;
typedef struct SFOrtSessionOptions SFOrtSessionOptions;
typedef struct SFOrtRunOptions SFOrtRunOptions;
typedef struct SFOrtValue SFOrtValue;
typedef struct SFOrtMemoryInfo SFOrtMemoryInfo;
typedef struct SFOrtAllocator SFOrtAllocator;
typedef struct SFOrtTypeInfo SFOrtTypeInfo;
typedef struct SFOrtTensorInfo SFOrtTensorInfo;
typedef struct SFOrtCUDAOptions SFOrtCUDAOptions;

/// The function table. Its length depends on the library's version, so only the first slot is declared.
typedef struct SFOrtApi {
  const void *_Nonnull slots[1];
} SFOrtApi;

/// The result of `OrtGetApiBase`.
typedef struct SFOrtApiBase {
  const SFOrtApi *_Nullable (*_Nonnull get_api)(uint32_t version);
  const char *_Nonnull (*_Nonnull get_version_string)(void);
} SFOrtApiBase;

_Static_assert(offsetof(SFOrtApiBase, get_version_string) == sizeof(void *), "two consecutive pointers");
_Static_assert(sizeof(void *) == sizeof(void (*)(void)), "a slot holds a function pointer");

typedef void (*SFOrtLoggingFunction)(
    void *_Nullable parameter, int32_t severity, const char *category, const char *identifier, const char *location,
    const char *message);

// Enumerations whose values are part of the binary interface.
enum { SF_ORT_SEVERITY_WARNING = 2, SF_ORT_SEVERITY_FATAL = 4 };
enum { SF_ORT_OPTIMIZE_ALL = 99 };
enum { SF_ORT_ARENA_ALLOCATOR = 1, SF_ORT_MEMORY_DEFAULT = 0 };
enum { SF_ORT_ELEMENT_FLOAT = 1 };
enum {
  SF_ORT_NO_SUCH_FILE = 3,
  SF_ORT_NO_MODEL = 4,
  SF_ORT_INVALID_PROTOBUF = 7,
  SF_ORT_INVALID_GRAPH = 10,
};

#define SF_ORT_UNWRAP(...) __VA_ARGS__

/// Defines a function that calls a slot and returns its status, which is null on success.
#define SF_ORT_CALL(slot, name, parameters, arguments)                                                            \
  static inline SFOrtStatus *_Nullable sf_ort_##name(const SFOrtApi *api, SF_ORT_UNWRAP parameters) {             \
    typedef SFOrtStatus *_Nullable(*Function) parameters;                                                         \
    return ((Function)api->slots[slot])arguments;                                                                 \
  }

/// Defines a function that calls a slot to release an object, which may be null.
#define SF_ORT_RELEASE(slot, name, Type)                                                                          \
  static inline void sf_ort_release_##name(const SFOrtApi *api, Type *_Nullable object) {                         \
    typedef void (*Function)(Type *_Nullable);                                                                    \
    ((Function)api->slots[slot])(object);                                                                         \
  }

// Statuses. These two slots do not return a status themselves.
static inline int32_t sf_ort_get_error_code(const SFOrtApi *api, const SFOrtStatus *status) {
  typedef int32_t (*Function)(const SFOrtStatus *);
  return ((Function)api->slots[1])(status);
}
static inline const char *sf_ort_get_error_message(const SFOrtApi *api, const SFOrtStatus *status) {
  typedef const char *(*Function)(const SFOrtStatus *);
  return ((Function)api->slots[2])(status);
}
SF_ORT_RELEASE(93, status, SFOrtStatus)

// The environment, and the execution providers that this build of ONNX Runtime contains.
SF_ORT_CALL(4, create_env_with_custom_logger,
            (SFOrtLoggingFunction logger, void *_Nullable parameter, int32_t severity, const char *name,
             SFOrtEnv *_Nullable *_Nonnull out),
            (logger, parameter, severity, name, out))
SF_ORT_CALL(125, get_available_providers, (char *_Nullable *_Nullable *_Nonnull out, int32_t *count), (out, count))
SF_ORT_CALL(126, release_available_providers, (char *_Nullable *_Nonnull names, int32_t count), (names, count))
SF_ORT_CALL(69, create_cpu_memory_info, (int32_t allocator, int32_t memory, SFOrtMemoryInfo *_Nullable *_Nonnull out),
            (allocator, memory, out))
SF_ORT_CALL(78, get_allocator_with_default_options, (SFOrtAllocator *_Nullable *_Nonnull out), (out))
SF_ORT_CALL(76, allocator_free, (SFOrtAllocator *allocator, void *memory), (allocator, memory))

// Session options and execution providers.
SF_ORT_CALL(10, create_session_options, (SFOrtSessionOptions *_Nullable *_Nonnull out), (out))
SF_ORT_CALL(17, disable_memory_pattern, (SFOrtSessionOptions *options), (options))
SF_ORT_CALL(23, set_graph_optimization_level, (SFOrtSessionOptions *options, int32_t level), (options, level))
SF_ORT_CALL(24, set_intra_op_threads, (SFOrtSessionOptions *options, int32_t count), (options, count))
SF_ORT_CALL(25, set_inter_op_threads, (SFOrtSessionOptions *options, int32_t count), (options, count))
SF_ORT_CALL(124, add_free_dimension_override_by_name, (SFOrtSessionOptions *options, const char *name, int64_t size),
            (options, name, size))
SF_ORT_CALL(130, add_session_config_entry, (SFOrtSessionOptions *options, const char *key, const char *value),
            (options, key, value))
SF_ORT_CALL(216, append_execution_provider,
            (SFOrtSessionOptions *options, const char *name, const char *_Nullable const *_Nullable keys,
             const char *_Nullable const *_Nullable values, size_t count),
            (options, name, keys, values, count))
SF_ORT_CALL(205, create_cuda_options, (SFOrtCUDAOptions *_Nullable *_Nonnull out), (out))
SF_ORT_CALL(206, update_cuda_options,
            (SFOrtCUDAOptions *options, const char *_Nullable const *_Nullable keys,
             const char *_Nullable const *_Nullable values, size_t count),
            (options, keys, values, count))
SF_ORT_CALL(204, append_cuda, (SFOrtSessionOptions *options, const SFOrtCUDAOptions *cuda), (options, cuda))
SF_ORT_RELEASE(208, cuda_options, SFOrtCUDAOptions)
SF_ORT_RELEASE(100, session_options, SFOrtSessionOptions)

// Sessions.
SF_ORT_CALL(7, create_session,
            (const SFOrtEnv *env, const char *path, const SFOrtSessionOptions *options, SFOrtSession *_Nullable *_Nonnull out),
            (env, path, options, out))
SF_ORT_CALL(8, create_session_from_array,
            (const SFOrtEnv *env, const void *bytes, size_t count, const SFOrtSessionOptions *options,
             SFOrtSession *_Nullable *_Nonnull out),
            (env, bytes, count, options, out))
SF_ORT_CALL(9, run,
            (SFOrtSession *session, const SFOrtRunOptions *_Nullable options, const char *_Nullable const *_Nonnull input_names,
             const SFOrtValue *_Nullable const *_Nonnull inputs, size_t input_count,
             const char *_Nullable const *_Nonnull output_names, size_t output_count, SFOrtValue *_Nullable *_Nonnull outputs),
            (session, options, input_names, inputs, input_count, output_names, output_count, outputs))
SF_ORT_CALL(30, get_input_count, (const SFOrtSession *session, size_t *out), (session, out))
SF_ORT_CALL(31, get_output_count, (const SFOrtSession *session, size_t *out), (session, out))
SF_ORT_CALL(33, get_input_type, (const SFOrtSession *session, size_t index, SFOrtTypeInfo *_Nullable *_Nonnull out),
            (session, index, out))
SF_ORT_CALL(34, get_output_type, (const SFOrtSession *session, size_t index, SFOrtTypeInfo *_Nullable *_Nonnull out),
            (session, index, out))
SF_ORT_CALL(36, get_input_name,
            (const SFOrtSession *session, size_t index, SFOrtAllocator *allocator, char *_Nullable *_Nonnull out),
            (session, index, allocator, out))
SF_ORT_CALL(37, get_output_name,
            (const SFOrtSession *session, size_t index, SFOrtAllocator *allocator, char *_Nullable *_Nonnull out),
            (session, index, allocator, out))
SF_ORT_RELEASE(95, session, SFOrtSession)

// Tensors. The result of `cast_type_to_tensor_info` is owned by its argument and must not be released.
SF_ORT_CALL(49, create_tensor_with_data,
            (const SFOrtMemoryInfo *memory, void *data, size_t byte_count, const int64_t *_Nullable shape, size_t rank,
             int32_t element_type, SFOrtValue *_Nullable *_Nonnull out),
            (memory, data, byte_count, shape, rank, element_type, out))
SF_ORT_CALL(51, get_tensor_data, (SFOrtValue *value, void *_Nullable *_Nonnull out), (value, out))
SF_ORT_CALL(55, cast_type_to_tensor_info, (const SFOrtTypeInfo *type, const SFOrtTensorInfo *_Nullable *_Nonnull out),
            (type, out))
SF_ORT_CALL(60, get_element_type, (const SFOrtTensorInfo *info, int32_t *out), (info, out))
SF_ORT_CALL(61, get_rank, (const SFOrtTensorInfo *info, size_t *out), (info, out))
SF_ORT_CALL(62, get_dimensions, (const SFOrtTensorInfo *info, int64_t *_Nullable out, size_t rank), (info, out, rank))
SF_ORT_CALL(65, get_tensor_info, (const SFOrtValue *value, SFOrtTensorInfo *_Nullable *_Nonnull out), (value, out))
SF_ORT_RELEASE(94, memory_info, SFOrtMemoryInfo)
SF_ORT_RELEASE(96, value, SFOrtValue)
SF_ORT_RELEASE(98, type_info, SFOrtTypeInfo)
SF_ORT_RELEASE(99, tensor_info, SFOrtTensorInfo)

#undef SF_ORT_CALL
#undef SF_ORT_RELEASE
#undef SF_ORT_UNWRAP

#pragma clang assume_nonnull end

#endif
