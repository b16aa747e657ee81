#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace govctl::test {

/// An empty folder that goes when it goes, where git does what tests need. The user's and the system's configuration of
/// git are out of reach.
class GitSandbox {
public:
    GitSandbox() {
        std::string pattern = (std::filesystem::temp_directory_path() / "govctl-test-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
        base_ = std::filesystem::canonical(pattern);
        root_ = base_ / "tree";
        std::filesystem::create_directory(root_);
        setenv("HOME", base_.c_str(), 1);
        setenv("XDG_CONFIG_HOME", base_.c_str(), 1);
        setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
        setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
        for (const char* role : {"AUTHOR", "COMMITTER"}) {
            auto variable = std::string("GIT_") + role;
            setenv((variable + "_NAME").c_str(), "Ada", 1);
            setenv((variable + "_EMAIL").c_str(), "ada@example.org", 1);
            setenv((variable + "_DATE").c_str(), "1795000000 +0100", 1);
        }
    }
    GitSandbox(const GitSandbox&) = delete;
    GitSandbox& operator=(const GitSandbox&) = delete;
    ~GitSandbox() {
        std::error_code ignored;
        std::filesystem::remove_all(base_, ignored);
    }

    std::string path(const std::string& name = "") const { return (root_ / name).string(); }

    /// Runs a line of shell in `folder` and returns what it says on stdout. Throws when it fails.
    std::string sh(const std::string& folder, const std::string& line) const {
        std::string script = "cd '" + path(folder) + "' && { " + line + "\n} 2>'" + errors() + "'";
        FILE* pipe = popen(script.c_str(), "r");
        if (pipe == nullptr) throw std::runtime_error("cannot run " + line);
        std::string answer;
        char part[4096];
        for (std::size_t count; (count = fread(part, 1, sizeof part, pipe)) > 0;) answer.append(part, count);
        if (pclose(pipe) != 0) throw std::runtime_error("failed: " + line + "\n" + read(errors()));
        return answer;
    }

    /// As sh(), without the newline at the end.
    std::string line(const std::string& folder, const std::string& command) const {
        auto answer = sh(folder, command);
        while (answer.ends_with('\n')) answer.pop_back();
        return answer;
    }

    void write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((root_ / name).parent_path());
        std::ofstream(root_ / name, std::ios::binary) << bytes;
    }

    std::string read(const std::string& name) const {
        std::ifstream file(root_ / name, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        return bytes.str();
    }

    bool exists(const std::string& name) const {
        return std::filesystem::exists(std::filesystem::symlink_status(root_ / name));
    }

private:
    std::string errors() const { return (base_ / "errors").string(); }

    std::filesystem::path base_;
    std::filesystem::path root_;
};

}  // namespace govctl::test
