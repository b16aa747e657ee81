#include "deeds.hpp"

#include <algorithm>
#include <set>

#include "govctl/base/text.hpp"

namespace govctl::app {

namespace {

using git::Commit;
using git::Oid;
using model::Person;
using rules::Deed;
using rules::Places;

using Deeds = Result<std::vector<Deed>>;

class NoDeeds : public rules::Deeds {
public:
    app::Deeds contributions(const Person&, const Places&) const override { return unknown(); }
    app::Deeds reviews(const Person&) const override { return unknown(); }
    app::Deeds approvals(const Person&) const override { return unknown(); }

private:
    static Error unknown() {
        return {ErrorKind::environment, "what people did is told only by the history of a commit", {}};
    }
};

/// A commit that somebody made, or that a trailer of it credits to somebody.
struct Work {
    Oid commit;
    std::optional<Oid> parent;
    Instant at;
    std::string author;  ///< e-mail
};

using WorkByEmail = std::map<std::string, std::vector<Work>>;

std::string_view below(std::string_view place) {
    while (place.ends_with('/')) place.remove_suffix(1);
    return place == "." ? std::string_view() : place;
}

bool lies_in(std::string_view path, std::string_view place) {
    place = below(place);
    return place.empty() || path == place || (path.starts_with(place) && path[place.size()] == '/');
}

Rational weight_of(const std::string& path, const std::map<std::string, Rational>& weights) {
    Rational weight{1};
    std::size_t longest = 0;
    for (const auto& [place, each] : weights) {
        const std::size_t length = below(place).size() + 1;  // the top is a place too
        if (!lies_in(path, place) || length <= longest) continue;
        weight = each;
        longest = length;
    }
    return weight;
}

/// `Name <ada@example.org>` → the address, in lower case.
std::string address_in(std::string_view text) {
    const std::size_t opens = text.rfind('<');
    const std::size_t closes = text.rfind('>');
    if (opens == std::string_view::npos || closes == std::string_view::npos || closes < opens) return {};
    return lower(trim(text.substr(opens + 1, closes - opens - 1)));
}

class GitDeeds : public rules::Deeds {
public:
    GitDeeds(git::Repository repository, Oid tip) : repository_(std::move(repository)), tip_(std::move(tip)) {}

    app::Deeds contributions(const Person& person, const Places& places) const override {
        GOVCTL_CHECK(read());
        std::vector<Deed> deeds;
        for (const Work& work : works_of(person, authored_)) {
            GOVCTL_TRY(auto weight, weight_of(work, places));
            if (weight) deeds.push_back({work.at, *weight});
        }
        return deeds;
    }
    app::Deeds reviews(const Person& person) const override { return credited(person, reviewed_); }
    app::Deeds approvals(const Person& person) const override { return credited(person, approved_); }

private:
    app::Deeds credited(const Person& person, const WorkByEmail& works) const {
        GOVCTL_CHECK(read());
        std::vector<Deed> deeds;
        for (const Work& work : works_of(person, works))
            if (!is_of(person, work.author)) deeds.push_back({work.at});
        return deeds;
    }

    static bool is_of(const Person& person, const std::string& email) {
        const auto is_this = [&](const std::string& own) { return lower(own) == email; };
        if (std::any_of(person.emails.begin(), person.emails.end(), is_this)) return true;
        const auto github = person.accounts.find("github");
        return github != person.accounts.end() && model::noreply_login(email) == lower(github->second);
    }

    /// Each commit once, whatever it calls the person.
    static std::vector<Work> works_of(const Person& person, const WorkByEmail& works) {
        std::vector<Work> found;
        std::set<Oid> seen;
        for (const auto& [email, all] : works)
            if (is_of(person, email))
                for (const Work& work : all)
                    if (seen.insert(work.commit).second) found.push_back(work);
        return found;
    }

    /// None: it touches none of the places.
    Result<std::optional<Rational>> weight_of(const Work& work, const Places& places) const {
        if (places.areas.empty() && places.weights.empty()) return std::optional(Rational(1));
        GOVCTL_TRY(auto changes, repository_.changes(work.parent, work.commit));
        std::optional<Rational> heaviest;
        for (const git::PathChange& change : changes) {
            const auto holds = [&](const std::string& area) { return lies_in(change.path, area); };
            if (!places.areas.empty() && std::none_of(places.areas.begin(), places.areas.end(), holds)) continue;
            const Rational weight = app::weight_of(change.path, places.weights);
            if (!heaviest || *heaviest < weight) heaviest = weight;
        }
        return heaviest;
    }

    Result<void> read() const {
        if (is_read_) return {};
        if (repository_.is_shallow())
            return Error{ErrorKind::environment,
                         "this clone is shallow: what people did before its cut cannot be counted",
                         {"git fetch --unshallow"}};
        GOVCTL_CHECK(repository_.each_commit(tip_, [&](const Commit& commit) { note(commit); }));
        is_read_ = true;
        return {};
    }

    void note(const Commit& commit) const {
        if (commit.parents.size() > 1) return;
        const std::vector<std::string> lines = split(commit.message, '\n');
        const auto is_act = [](const std::string& line) { return line.starts_with("Govctl-Act:"); };
        if (std::any_of(lines.begin(), lines.end(), is_act)) return;
        const auto parent = commit.parents.empty() ? std::optional<Oid>() : std::optional(commit.parents.front());
        const Work work{commit.id, parent, commit.committed, lower(repository_.mapped(commit.author, tip_).email)};
        credit(authored_, lower(commit.author.email), work);
        for (const std::string& line : lines) {
            const std::size_t colon = line.find(':');
            if (colon == std::string::npos) continue;
            const std::string key = lower(line.substr(0, colon));
            if (key == "reviewed-by") credit(reviewed_, address_in(line), work);
            if (key == "acked-by" || key == "approved-by") credit(approved_, address_in(line), work);
        }
    }

    /// A record may name the address that was used, or the one that the mailmap makes of it.
    void credit(WorkByEmail& works, const std::string& email, const Work& work) const {
        const std::string mapped = lower(repository_.mapped({"", email}, tip_).email);
        works[email].push_back(work);
        if (mapped != email) works[mapped].push_back(work);
    }

    git::Repository repository_;
    Oid tip_;
    mutable bool is_read_ = false;
    mutable WorkByEmail authored_;
    mutable WorkByEmail reviewed_;
    mutable WorkByEmail approved_;
};

}  // namespace

std::shared_ptr<const rules::Deeds> deeds_up_to(const git::Repository& repository, const Oid& commit) {
    return std::make_shared<GitDeeds>(repository.share(), commit);
}

std::shared_ptr<const rules::Deeds> no_deeds() {
    static const auto none = std::make_shared<NoDeeds>();
    return none;
}

}  // namespace govctl::app
