#pragma once

#include <array>
#include <cstddef>
#include <memory>

namespace ringbook::ui {

/// A large array of which few stretches are used: a page of it is made when one of its places is asked for.
template <typename Value, size_t size>
class Paged
{
public:
    Value &operator[](size_t at) ///< at < size
    {
        auto &page = m_pages[at / pageSize];
        if (!page)
            page = std::make_unique<std::array<Value, pageSize>>();
        return (*page)[at % pageSize];
    }

    void clear() { m_pages = {}; }

private:
    static constexpr size_t pageSize = 256;

    std::array<std::unique_ptr<std::array<Value, pageSize>>, size / pageSize> m_pages;
};

} // namespace ringbook::ui
