#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/base/time.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/rule.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::record {

/// Takes values out of a mapping that check() has found sound: what is there has the right form, so nothing fails here.
class Fields {
public:
    explicit Fields(const yaml::Node& mapping) : mapping_(mapping) {}

    const yaml::Node& node() const { return mapping_; }
    const yaml::Node* find(std::string_view key) const { return mapping_.find(key); }
    bool has(std::string_view key) const { return find(key) != nullptr; }

    std::string text(std::string_view key, std::string fallback = {}) const;
    std::string handle(std::string_view key) const;  ///< lower case, no `@`
    std::string id(std::string_view key) const;      ///< RFC numbers padded
    bool flag(std::string_view key) const;
    int integer(std::string_view key, int fallback = 0) const;
    std::optional<Instant> instant(std::string_view key) const;  ///< dates too
    Instant instant_at(std::string_view key) const { return *instant(key); }
    std::optional<Duration> duration(std::string_view key) const;
    std::optional<Rational> fraction(std::string_view key) const;

    std::vector<std::string> texts(std::string_view key) const;  ///< one text stands for a list of it
    std::vector<std::string> handles(std::string_view key) const;
    std::vector<std::string> ids(std::string_view key) const;
    std::vector<model::Term> terms(std::string_view key) const;
    std::map<std::string, std::string> dictionary(std::string_view key) const;

    /// `read` of the mapping under `key`; nothing where there is none.
    template <class Read>
    auto record(std::string_view key, Read read) const -> std::optional<decltype(read(*this))> {
        const yaml::Node* node = find(key);
        return node ? std::optional(read(Fields(*node))) : std::nullopt;
    }

    /// `read` of each mapping in the list under `key`.
    template <class Read>
    auto each(std::string_view key, Read read) const -> std::vector<decltype(read(*this))> {
        std::vector<decltype(read(*this))> values;
        if (const yaml::Node* node = find(key)) {
            for (const yaml::Node& item : node->items) values.push_back(read(Fields(item)));
        }
        return values;
    }

private:
    const yaml::Node& mapping_;
};

/// A line of `history:`.
model::HistoryEntry read_history(const Fields& fields);

/// `limits:` of a charter or an election.
std::vector<model::SeatLimit> read_limits(const Fields& parent);

/// `rule:` of a proposal or decision.
model::RuleRef read_rule_reference(const Fields& fields);

}  // namespace govctl::record
