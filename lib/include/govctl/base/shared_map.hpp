#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace govctl {

/// Items in the order of their keys, each key once, in pieces of a few dozen. Copies share their pieces: a copy costs a
/// pointer a piece, a change of it one piece. So the states of a long history fit side by side.
template <class Item, class Traits>
class SharedSequence {
    using Piece = std::vector<Item>;
    using Pieces = std::vector<std::shared_ptr<Piece>>;
    using Key = typename Traits::Key;

public:
    using value_type = typename Traits::Value;

    class const_iterator {
    public:
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = typename Traits::Value;
        using difference_type = std::ptrdiff_t;
        using pointer = const value_type*;
        using reference = const value_type&;

        const_iterator() = default;
        reference operator*() const { return Traits::value((*(*pieces_)[piece_])[at_]); }
        pointer operator->() const { return &**this; }
        const_iterator& operator++() {
            if (++at_ == (*pieces_)[piece_]->size()) *this = {pieces_, piece_ + 1, 0};
            return *this;
        }
        const_iterator operator++(int) {
            const_iterator was = *this;
            ++*this;
            return was;
        }
        const_iterator& operator--() {
            if (at_ == 0) at_ = (*pieces_)[--piece_]->size();
            --at_;
            return *this;
        }
        const_iterator operator--(int) {
            const_iterator was = *this;
            --*this;
            return was;
        }
        friend bool operator==(const const_iterator& a, const const_iterator& b) {
            return a.piece_ == b.piece_ && a.at_ == b.at_;
        }

    private:
        friend class SharedSequence;
        const_iterator(const Pieces* pieces, std::size_t piece, std::size_t at)
            : pieces_(pieces), piece_(piece), at_(at) {}
        const Pieces* pieces_ = nullptr;
        std::size_t piece_ = 0;
        std::size_t at_ = 0;
    };
    using iterator = const_iterator;

    const_iterator begin() const { return {&pieces_, 0, 0}; }
    const_iterator end() const { return {&pieces_, pieces_.size(), 0}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    /// The first item whose key is not before this one.
    const_iterator lower_bound(const Key& key) const {
        const auto piece = piece_of(key);
        if (piece == pieces_.size()) return end();
        const auto at = place_in(*pieces_[piece], key);
        return {&pieces_, piece, at};
    }
    const_iterator find(const Key& key) const {
        const auto found = lower_bound(key);
        return found != end() && !(key < Traits::key_of(*found)) ? found : end();
    }
    bool contains(const Key& key) const { return find(key) != end(); }
    std::size_t count(const Key& key) const { return contains(key) ? 1 : 0; }

    std::size_t erase(const Key& key) {
        const auto found = find(key);
        if (found == end()) return 0;
        Piece& piece = own(found.piece_);
        piece.erase(piece.begin() + static_cast<std::ptrdiff_t>(found.at_));
        if (piece.empty()) pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(found.piece_));
        --size_;
        return 1;
    }

protected:
    /// Where the item of this key is, or where a new one made by `make` was put; and whether it was.
    template <class Make>
    std::pair<Item*, bool> place(const Key& key, const Make& make) {
        if (pieces_.empty()) pieces_.push_back(std::make_shared<Piece>());
        const auto index = size_ == 0 ? 0 : std::min(piece_of(key), pieces_.size() - 1);
        const auto at = place_in(*pieces_[index], key);
        Piece& piece = own(index);
        if (at < piece.size() && !(key < Traits::key_of(Traits::value(piece[at])))) return {&piece[at], false};
        piece.insert(piece.begin() + static_cast<std::ptrdiff_t>(at), make());
        ++size_;
        if (piece.size() <= most_in_piece) return {&piece[at], true};
        return {split(index, at), true};
    }

    Item* own_item(const const_iterator& found) { return &own(found.piece_)[found.at_]; }

private:
    static constexpr std::size_t most_in_piece = 64;

    /// The first piece whose last key is not before this one.
    std::size_t piece_of(const Key& key) const {
        const auto found = std::lower_bound(
            pieces_.begin(), pieces_.end(), key,
            [](const auto& piece, const Key& wanted) { return Traits::key_of(Traits::value(piece->back())) < wanted; });
        return static_cast<std::size_t>(found - pieces_.begin());
    }
    static std::size_t place_in(const Piece& piece, const Key& key) {
        const auto found = std::lower_bound(piece.begin(), piece.end(), key, [](const Item& item, const Key& wanted) {
            return Traits::key_of(Traits::value(item)) < wanted;
        });
        return static_cast<std::size_t>(found - piece.begin());
    }

    Piece& own(std::size_t index) {
        auto& piece = pieces_[index];
        if (piece.use_count() > 1) piece = std::make_shared<Piece>(*piece);
        return *piece;
    }

    /// Parts a piece that has become too long, where keys that come in order leave full pieces behind.
    Item* split(std::size_t index, std::size_t at) {
        Piece& piece = *pieces_[index];
        const bool grows_at_end = index + 1 == pieces_.size() && at + 1 == piece.size();
        const std::size_t kept = grows_at_end ? piece.size() - 1 : piece.size() / 2;
        const auto middle = piece.begin() + static_cast<std::ptrdiff_t>(kept);
        auto rest = std::make_shared<Piece>(std::make_move_iterator(middle), std::make_move_iterator(piece.end()));
        piece.erase(middle, piece.end());
        Item* placed = at < kept ? &piece[at] : &(*rest)[at - kept];
        pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(rest));
        return placed;
    }

    Pieces pieces_;
    std::size_t size_ = 0;
};

template <class K, class V>
struct MapTraits {
    using Key = K;
    using Value = std::pair<const K, V>;
    using Item = std::shared_ptr<Value>;
    static const Value& value(const Item& item) { return *item; }
    static const Key& key_of(const Value& value) { return value.first; }
};

/// A map whose copies share what they have in common. Read as std::map.
template <class K, class V>
class SharedMap : public SharedSequence<typename MapTraits<K, V>::Item, MapTraits<K, V>> {
    using Traits = MapTraits<K, V>;
    using Base = SharedSequence<typename Traits::Item, Traits>;
    using Pair = typename Traits::Value;

public:
    using key_type = K;
    using mapped_type = V;
    using typename Base::const_iterator;

    SharedMap() = default;
    SharedMap(std::initializer_list<Pair> pairs) {
        for (const Pair& pair : pairs) emplace(pair.first, pair.second);
    }
    SharedMap(const std::map<K, V>& map) {
        for (const auto& [key, value] : map) emplace(key, value);
    }

    const V& at(const K& key) const {
        const auto found = this->find(key);
        if (found == this->end()) throw std::out_of_range("SharedMap::at");
        return found->second;
    }
    V& at(const K& key) {
        V* value = edit(key);
        if (value == nullptr) throw std::out_of_range("SharedMap::at");
        return *value;
    }

    /// The value of a key to change; null: there is none.
    V* edit(const K& key) {
        const auto found = this->find(key);
        return found == this->end() ? nullptr : &own(*this->own_item(found))->second;
    }
    V& operator[](const K& key) {
        const auto [item, is_new] = this->place(key, [&] { return std::make_shared<Pair>(key, V{}); });
        return own(*item)->second;
    }
    void insert_or_assign(const K& key, V value) {
        auto pair = std::make_shared<Pair>(key, std::move(value));
        const auto [item, is_new] = this->place(key, [&] { return pair; });
        if (!is_new) *item = std::move(pair);
    }
    /// Whether there was none of that key.
    bool emplace(const K& key, V value) {
        return this->place(key, [&] { return std::make_shared<Pair>(key, std::move(value)); }).second;
    }

private:
    static typename Traits::Item& own(typename Traits::Item& item) {
        if (item.use_count() > 1) item = std::make_shared<Pair>(*item);
        return item;
    }
};

}  // namespace govctl
