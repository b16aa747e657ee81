#include "govctl/app/cover.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

namespace govctl::app {
namespace {

using Person = std::size_t;              // place in the sorted names
using Choice = std::vector<Person>;      // sorted
using Row = std::vector<std::uint64_t>;  // a bit for each choice

bool has(const Row& row, std::size_t bit) {
    return (row[bit / 64] >> (bit % 64) & 1) != 0;
}

bool contains(const Row& outer, const Row& inner) {
    for (std::size_t i = 0; i < inner.size(); ++i)
        if ((inner[i] & ~outer[i]) != 0) return false;
    return true;
}

/// Each choice once, without those that hold another: who covers the one covers the other too.
std::vector<Choice> least(std::set<Choice> choices) {
    std::vector<Choice> by_size(choices.begin(), choices.end());
    std::stable_sort(by_size.begin(), by_size.end(),
                     [](const Choice& a, const Choice& b) { return a.size() < b.size(); });
    std::vector<Choice> kept;
    for (const Choice& choice : by_size) {
        const bool holds_another = std::any_of(kept.begin(), kept.end(), [&](const Choice& smaller) {
            return std::includes(choice.begin(), choice.end(), smaller.begin(), smaller.end());
        });
        if (!holds_another) kept.push_back(choice);
    }
    return kept;
}

class Search {
public:
    Search(std::vector<Choice> choices, std::size_t people, std::size_t most_steps)
        : choices_(std::move(choices)), covers_(people, Row((choices_.size() + 63) / 64)), steps_left_(most_steps) {
        for (std::size_t i = 0; i < choices_.size(); ++i)
            for (const Person person : choices_[i]) covers_[person][i / 64] |= std::uint64_t{1} << (i % 64);
        drop_dominated();
        best_ = greedy();
        std::vector<Person> chosen;
        go(Row((choices_.size() + 63) / 64), chosen);
    }

    const std::vector<Person>& best() const { return best_; }
    bool was_cut() const { return steps_left_ == 0; }

private:
    /// Of people of whom one covers all that the other does, the other is never needed.
    void drop_dominated() {
        std::set<Person> candidates;
        for (const Choice& choice : choices_) candidates.insert(choice.begin(), choice.end());
        std::set<Person> dropped;
        for (const Person a : candidates) {
            for (const Person b : choices_[first_of(a)]) {
                if (a == b || dropped.contains(b) || !contains(covers_[b], covers_[a])) continue;
                if (covers_[a] == covers_[b] && a < b) continue;
                dropped.insert(a);
                break;
            }
        }
        for (Choice& choice : choices_) std::erase_if(choice, [&](Person person) { return dropped.contains(person); });
    }

    std::size_t first_of(Person person) const {
        std::size_t choice = 0;
        while (!has(covers_[person], choice)) ++choice;
        return choice;
    }

    std::size_t gain(Person person, const Row& covered) const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < covered.size(); ++i)
            count += static_cast<std::size_t>(__builtin_popcountll(covers_[person][i] & ~covered[i]));
        return count;
    }

    static void join(Row& covered, const Row& more) {
        for (std::size_t i = 0; i < covered.size(); ++i) covered[i] |= more[i];
    }

    std::vector<Person> greedy() const {
        std::vector<Person> chosen;
        Row covered((choices_.size() + 63) / 64);
        while (const Choice* open = narrowest(covered)) {
            // From all who cover something still open, but one who covers the narrowest choice must come anyway.
            const Person next = *std::max_element(
                open->begin(), open->end(), [&](Person a, Person b) { return gain(a, covered) < gain(b, covered); });
            chosen.push_back(next);
            join(covered, covers_[next]);
        }
        return chosen;
    }

    /// The open choice of the fewest people; null: none is open.
    const Choice* narrowest(const Row& covered) const {
        const Choice* found = nullptr;
        for (std::size_t i = 0; i < choices_.size(); ++i)
            if (!has(covered, i) && (!found || choices_[i].size() < found->size())) found = &choices_[i];
        return found;
    }

    /// So many more are needed at least: open choices that share nobody.
    std::size_t lower_bound(const Row& covered) const {
        std::vector<bool> met(covers_.size());
        std::size_t count = 0;
        for (std::size_t i = 0; i < choices_.size(); ++i) {
            if (has(covered, i)) continue;
            const Choice& choice = choices_[i];
            if (std::any_of(choice.begin(), choice.end(), [&](Person person) { return met[person]; })) continue;
            for (const Person person : choice) met[person] = true;
            ++count;
        }
        return count;
    }

    void go(const Row& covered, std::vector<Person>& chosen) {
        const Choice* open = narrowest(covered);
        if (!open) {
            if (chosen.size() < best_.size()) best_ = chosen;
            return;
        }
        if (chosen.size() + lower_bound(covered) >= best_.size() || steps_left_ == 0) return;
        steps_left_ -= std::min(steps_left_, choices_.size());
        std::vector<Person> candidates = *open;
        std::stable_sort(candidates.begin(), candidates.end(),
                         [&](Person a, Person b) { return gain(a, covered) > gain(b, covered); });
        for (const Person next : candidates) {
            Row after = covered;
            join(after, covers_[next]);
            chosen.push_back(next);
            go(after, chosen);
            chosen.pop_back();
        }
    }

    std::vector<Choice> choices_;
    std::vector<Row> covers_;  // by person
    std::size_t steps_left_;
    std::vector<Person> best_;
};

}  // namespace

Cover smallest_cover(const std::vector<std::vector<std::string>>& choices, std::size_t most_steps) {
    Cover cover;
    std::map<std::string, Person> numbers;
    for (const auto& choice : choices)
        for (const std::string& name : choice) numbers.emplace(name, 0);
    std::vector<std::string> names;
    for (auto& [name, number] : numbers) {
        number = names.size();
        names.push_back(name);
    }
    std::set<Choice> numbered;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        std::set<Person> people;
        for (const std::string& name : choices[i]) people.insert(numbers.at(name));
        if (people.empty()) {
            cover.empty.push_back(i);
        } else {
            numbered.emplace(people.begin(), people.end());
        }
    }
    const Search search(least(std::move(numbered)), names.size(), most_steps);
    cover.is_smallest = !search.was_cut();
    for (const Person person : search.best()) cover.people.push_back(names[person]);
    std::sort(cover.people.begin(), cover.people.end());
    return cover;
}

}  // namespace govctl::app
