#pragma once

#include <git2.h>

#include <cstddef>
#include <utility>

namespace govctl::git {

/// An object of libgit2 that frees itself.
template <class T, void (*Free)(T*)>
class Handle {
public:
    Handle(std::nullptr_t = nullptr) {}
    Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Handle() { Free(object_); }

    T* get() const { return object_; }
    friend bool operator==(const Handle& handle, std::nullptr_t) { return handle.object_ == nullptr; }

    /// Where a function of libgit2 puts what it makes: `git_index_open(out(index), path)`.
    friend T** out(Handle& handle) {
        Free(std::exchange(handle.object_, nullptr));
        return &handle.object_;
    }

private:
    T* object_ = nullptr;
};

using ConfigHandle = Handle<git_config, git_config_free>;
using FilterListHandle = Handle<git_filter_list, git_filter_list_free>;
using IndexHandle = Handle<git_index, git_index_free>;
using MailmapHandle = Handle<git_mailmap, git_mailmap_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using OdbObjectHandle = Handle<git_odb_object, git_odb_object_free>;
using PackBuilderHandle = Handle<git_packbuilder, git_packbuilder_free>;
using ReferenceHandle = Handle<git_reference, git_reference_free>;
using ReferenceIteratorHandle = Handle<git_reference_iterator, git_reference_iterator_free>;
using RepositoryHandle = Handle<git_repository, git_repository_free>;
using RevwalkHandle = Handle<git_revwalk, git_revwalk_free>;
using SignatureHandle = Handle<git_signature, git_signature_free>;
using WorktreeHandle = Handle<git_worktree, git_worktree_free>;

/// A buffer that libgit2 fills.
struct Buffer : git_buf {
    Buffer() : git_buf{} {}
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { git_buf_dispose(this); }
};

/// A list of names that libgit2 fills.
struct Names : git_strarray {
    Names() : git_strarray{} {}
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;
    ~Names() { git_strarray_dispose(this); }
    char** begin() const { return strings; }
    char** end() const { return strings + count; }
};

}  // namespace govctl::git
