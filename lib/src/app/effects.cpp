#include <algorithm>

#include "govctl/app/acts.hpp"
#include "govctl/record/write.hpp"
#include "owners_edit.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using model::Effect;

/// Files under change: what the effects so far have made of them, else what the state has.
class Desk {
public:
    Desk(const State& state, const Matter& matter, Instant decided)
        : state_(state), matter_(matter), decided_(decided) {}

    Result<void> apply(const Effect& effect) {
        switch (effect.kind) {
            case Effect::Kind::charter:
                return charter(effect);
            case Effect::Kind::project:
                return copy(effect.from, "govctl.yaml");
            case Effect::Kind::appoint:
                return appoint(effect);
            case Effect::Kind::remove:
                return remove(effect);
            case Effect::Kind::promote:
                return promote(effect);
            case Effect::Kind::ownership:
                return ownership(effect);
            case Effect::Kind::file:
                return file(effect);
        }
        return {};
    }

    FileChanges take() && { return std::move(files_); }

private:
    Result<std::optional<std::string>> current(const std::string& path) const {
        if (auto changed = files_.find(path); changed != files_.end()) return changed->second;
        if (!state_.file(path)) return std::optional<std::string>();
        GOVCTL_TRY(auto bytes, state_.snapshot().read(path));
        return std::optional(std::move(bytes));
    }

    /// Changes a record that must be there.
    template <class Edit>
    Result<void> edit(const std::string& path, Edit&& change) {
        GOVCTL_TRY(auto bytes, current(path));
        if (!bytes) return refused("there is no " + path + " to change");
        GOVCTL_TRY(auto document, yaml::parse(path, *std::move(bytes)));
        yaml::Editor editor(std::move(document));
        GOVCTL_CHECK(change(editor));
        files_[path] = editor.bytes();
        return {};
    }

    /// Whoever was renamed since the effect was written.
    std::string present(const std::string& handle) const {
        const model::Person* person = state_.people().person(handle);
        return person ? person->handle : handle;
    }

    Result<void> copy(const std::string& from, const std::string& to) {
        const std::string source = matter_.folder() + from;
        if (!state_.file(source))
            return Error{ErrorKind::refused, "there is no " + source + ", which an effect wants to put in force"};
        GOVCTL_TRY(files_[to], state_.snapshot().read(source));
        return {};
    }

    Result<void> charter(const Effect& effect) {
        GOVCTL_CHECK(copy(effect.from, record::charter_path(state_.root(), effect.group)));
        const std::string roster = record::roster_path(state_.root(), effect.group);
        if (!state_.file(roster) && !files_.contains(roster))
            files_[roster] = "kind: roster\ngroup: " + effect.group + "\nseats: []\n";
        return {};
    }

    Result<void> appoint(const Effect& effect) {
        model::Seat seat{effect.role, present(effect.person), decided_, effect.until, matter_.id().str(), ""};
        return edit(record::roster_path(state_.root(), effect.group),
                    [&](yaml::Editor& editor) { return editor.append({"seats"}, record::to_value(seat)); });
    }

    Result<void> remove(const Effect& effect) {
        auto roster = state_.roster_records().find(effect.group);
        if (roster == state_.roster_records().end()) return refused("there is no roster of " + effect.group);
        const auto& seats = roster->second.value.seats;
        auto held = std::find_if(seats.begin(), seats.end(), [&](const model::Seat& seat) {
            return seat.role == effect.role && present(seat.person) == present(effect.person) && seat.held_at(decided_);
        });
        if (held == seats.end())
            return refused(effect.person + " holds no seat as " + effect.role + " of " + effect.group);
        const auto index = static_cast<std::size_t>(held - seats.begin());
        return edit(roster->second.path, [&](yaml::Editor& editor) -> Result<void> {
            GOVCTL_CHECK(editor.set({"seats", index, "until"}, decided_.str()));
            return editor.set({"seats", index, "ended"}, "removed");
        });
    }

    Result<void> promote(const Effect& effect) {
        model::LadderEntry entry{effect.level, decided_, std::nullopt, matter_.id().str()};
        return edit(record::person_path(state_.root(), present(effect.person)),
                    [&](yaml::Editor& editor) { return editor.append({"ladder"}, record::to_value(entry)); });
    }

    Result<void> ownership(const Effect& effect) {
        const std::string path = target_of(effect, state_);
        GOVCTL_TRY(auto bytes, current(path));
        GOVCTL_TRY(auto document, yaml::parse(path, bytes.value_or("")));
        GOVCTL_TRY(files_[path], edit_owners(state_, std::move(document), effect));
        return {};
    }

    Result<void> file(const Effect& effect) {
        if (!effect.from.empty()) return copy(effect.from, effect.path);
        if (!state_.file(effect.path)) return refused("there is no " + effect.path + " to delete");
        files_[effect.path] = std::nullopt;
        return {};
    }

    const State& state_;
    const Matter& matter_;
    Instant decided_;
    FileChanges files_;
};

/// What a matter may not touch by `file:` (records.md, effects).
Result<void> must_be_plain_file(const Effect& effect, const State& state) {
    if (effect.kind != Effect::Kind::file) return {};
    const std::string& path = effect.path;
    const bool is_owners = path == "OWNERS" || path.ends_with("/OWNERS");
    if (!is_owners && !record::record_at(path, state.root()) && !record::proposal_around(path, state.root())) return {};
    return refused("a file effect may not change " + path + ", which is a record or an OWNERS file",
                   {"use the effect made for it: charter, project, appoint, remove, promote, ownership"});
}

}  // namespace

Result<FileChanges> enact(const State& state, const Matter& matter, Instant decided, const std::string& option) {
    Desk desk(state, matter, decided);
    for (const Effect& effect : matter.proposal().effects_of(option)) {
        GOVCTL_CHECK(must_be_plain_file(effect, state));
        GOVCTL_CHECK(desk.apply(effect));
    }
    return std::move(desk).take();
}

}  // namespace govctl::app
