#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/base/id.hpp"
#include "govctl/base/time.hpp"

namespace govctl::model {

enum class Status { draft, open, accepted, rejected, lapsed, withdrawn, postponed, superseded };

std::string_view status_word(Status status);
std::optional<Status> parse_status(std::string_view word);
bool is_terminal(Status status);  ///< not draft, open or postponed

/// `rule:` of a proposal or decision: what it is judged by.
struct RuleRef {
    std::string name;
    std::string group;
    std::string charter;  ///< blob id
    std::string project;  ///< blob id

    friend bool operator==(const RuleRef&, const RuleRef&) = default;
};

/// What a yes puts in force.
struct Effect {
    enum class Kind { charter, project, appoint, remove, promote, ownership, file };

    Kind kind = Kind::file;
    std::string group{};   ///< charter, appoint, remove
    std::string role{};    ///< appoint, remove
    std::string person{};  ///< appoint, remove, promote
    std::string level{};   ///< promote
    std::string path{};    ///< ownership: a folder; file: a file. Counted from the top
    std::string from{};    ///< charter, project, file: the source, in the proposal's folder; file: empty deletes
    std::optional<Instant> until{};  ///< appoint
    std::vector<std::string> add_approvers{};
    std::vector<std::string> remove_approvers{};
    std::vector<std::string> add_reviewers{};
    std::vector<std::string> remove_reviewers{};
    std::optional<std::string> was{};  ///< blob it replaces, written at opening; empty: there was nothing
    std::string option{};              ///< only where this option wins; empty: whichever does

    friend bool operator==(const Effect&, const Effect&) = default;
};

std::string_view effect_word(Effect::Kind kind);

/// What a ranked, approval or score ballot may name.
struct Option {
    std::string id;
    std::string title;
    std::string kind{};  ///< its `class:`, for the ratio that it needs against the default option

    friend bool operator==(const Option&, const Option&) = default;
};

/// One line of `history:`.
struct HistoryEntry {
    std::string act;  ///< opened | revised | escalated | reopened | withdrawn | postponed | decided | superseded
    Instant at;
    int round = 1;
    std::string by{};
    std::string text{};   ///< the text from here on
    std::string group{};  ///< escalated: the group it is now before

    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

/// An RFC or a motion.
struct Proposal {
    RecordId id;
    bool is_rfc = true;
    int number = 0;  ///< 0 in a draft and in a motion
    std::string title;
    std::string type;
    std::string group;     ///< who decides, as proposed
    std::string before{};  ///< after an escalation: who decides from now on
    std::vector<std::string> with;
    std::vector<std::string> authors;  ///< of a motion: `by`
    std::string sponsor{};
    std::vector<std::string> subject;  ///< records: `person/eve`
    Status status = Status::draft;
    std::optional<Instant> opened{};
    std::string text{};
    std::optional<RuleRef> rule{};
    int round = 1;
    std::optional<std::vector<std::string>> present{};  ///< handles
    std::vector<std::string> supersedes;
    std::string superseded_by{};
    std::vector<std::string> requires_;
    std::vector<std::string> aliases;  ///< numbers it had before
    std::vector<Option> options;
    std::vector<Effect> effects;  ///< its own, then those of its options
    std::vector<HistoryEntry> history;

    /// What is put in force where this option wins; where there are none: empty.
    std::vector<Effect> effects_of(const std::string& option) const;

    /// The group that decides now.
    const std::string& deciding_group() const { return before.empty() ? group : before; }
};

}  // namespace govctl::model
