#include "foundings.hpp"

#include <algorithm>
#include <vector>

namespace govctl::app {

namespace {

class NoLineage : public Lineage {
public:
    Result<git::Oid> founding() const override {
        return Error{ErrorKind::environment, "in what project this is, only the history of a commit tells"};
    }
    Result<std::optional<sign::PublicKey>> committed_with(const std::string&, const std::string&) const override {
        return std::optional<sign::PublicKey>();
    }
};

class CommitLineage : public Lineage {
public:
    CommitLineage(std::shared_ptr<Foundings> foundings, git::Oid commit)
        : foundings_(std::move(foundings)), commit_(std::move(commit)) {}
    Result<git::Oid> founding() const override { return foundings_->of(commit_); }

    Result<std::optional<sign::PublicKey>> committed_with(const std::string& path,
                                                          const std::string& blob) const override {
        constexpr int most_commits = 2000;
        const std::optional<sign::PublicKey> none;
        const git::Repository& repository = foundings_->repository();
        GOVCTL_TRY(auto tree, repository.tree_of(commit_));
        const auto bytes = tree->read(path);
        if (!bytes || blob_id(*bytes) != blob) return none;
        GOVCTL_TRY(const auto commit, repository.brought_by(commit_, path, most_commits));
        if (!commit) return none;
        GOVCTL_TRY(const auto made, repository.signed_bytes(*commit));
        const auto signature = made ? sign::parse_signature(made->signature) : Error{};
        if (!signature || !sign::verify(*signature, made->bytes, "git")) return none;
        return std::optional(signature->key);
    }

private:
    std::shared_ptr<Foundings> foundings_;
    git::Oid commit_;
};

}  // namespace

Result<git::Oid> Foundings::of(const git::Oid& commit) {
    std::vector<git::Oid> chain;
    git::Oid founding;
    for (git::Oid next = commit; !next.empty() && founding.empty();) {
        if (auto known = known_.find(next); known != known_.end()) {
            founding = known->second;
            break;
        }
        GOVCTL_TRY(const git::Commit read, repository_.commit(next));
        chain.push_back(next);
        next = read.parents.empty() ? git::Oid() : read.parents.front();
    }
    auto oldest = chain.rbegin();
    while (founding.empty() && oldest != chain.rend()) {
        GOVCTL_TRY(auto tree, repository_.tree_of(*oldest));
        if (tree->read("govctl.yaml"))
            founding = *oldest;
        else
            ++oldest;
    }
    if (founding.empty()) return Error{ErrorKind::environment, "no commit up to " + commit + " has a govctl.yaml"};
    for (; oldest != chain.rend(); ++oldest) known_.emplace(*oldest, founding);
    return founding;
}

std::shared_ptr<const Lineage> lineage_of(std::shared_ptr<Foundings> foundings, git::Oid commit) {
    return std::make_shared<CommitLineage>(std::move(foundings), std::move(commit));
}

std::shared_ptr<const Lineage> no_lineage() {
    static const auto none = std::make_shared<NoLineage>();
    return none;
}

}  // namespace govctl::app
