#pragma once

#include <span>
#include <string_view>

namespace govctl {

/// A file compiled into the program (cmake/Embed.cmake).
struct EmbeddedFile {
    std::string_view name;  ///< its path in the folder it was embedded from
    std::string_view bytes;
};

/// The file of that name; null: none.
constexpr const EmbeddedFile* find_embedded(std::span<const EmbeddedFile> files, std::string_view name) {
    for (const EmbeddedFile& file : files)
        if (file.name == name) return &file;
    return nullptr;
}

}  // namespace govctl
