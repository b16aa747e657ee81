#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "govctl/app/ownership.hpp"
#include "govctl/app/workspace.hpp"
#include "govctl/model/register.hpp"

namespace govctl::app {

/// One state of a repository as questions about owners see it: its OWNERS files and, where it is governed, as much of
/// its records as a question needs.
class Survey {
public:
    /// As `view` says; in a bare repository the canonical branch unless a revision is given. Errors: `not_found`: no
    /// such revision; `environment`.
    static Result<Survey> open(const Workspace& workspace, const View& view);
    /// At a commit.
    static Result<Survey> at(const Workspace& workspace, const git::Oid& commit);

    Ownership& owners() { return owners_; }
    const Snapshot& snapshot() const { return *snapshot_; }
    std::shared_ptr<const Snapshot> share_snapshot() const { return snapshot_; }
    /// Whether there is a govctl.yaml that can be read.
    bool is_governed() const { return governed_; }

    /// The group whose area holds a path; empty: none. Reads the charters when first asked.
    Result<std::string> group_of(const std::string& path);
    /// What the group is called; its id where it has no name.
    std::string name_of_group(const std::string& group) const;

    /// Every name by which OWNERS may mean someone: who is given by handle, an old handle or login, in any case, with
    /// `@` or without. Of nobody on record: that name alone. Reads the people when first asked.
    Result<std::set<std::string>> names_of(const std::string& person);
    /// The same of whom an e-mail address belongs to; none: of nobody.
    Result<std::set<std::string>> names_of_email(const std::string& email);

private:
    Survey(std::shared_ptr<const Snapshot> snapshot, Ownership owners)
        : snapshot_(std::move(snapshot)), owners_(std::move(owners)) {}
    static Result<Survey> of(std::shared_ptr<const Snapshot> snapshot);
    Result<void> read_charters();
    Result<void> read_people();
    std::set<std::string> names_of(const model::Person& person) const;
    const model::Person* by_login(const std::string& login) const;

    std::shared_ptr<const Snapshot> snapshot_;
    Ownership owners_;
    bool governed_ = false;
    bool has_charters_ = false;
    bool has_people_ = false;
    model::Register register_;
};

}  // namespace govctl::app
