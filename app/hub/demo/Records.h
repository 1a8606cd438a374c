#pragma once

#include "app/hub/DemoBook.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"

#include <type_traits>

namespace ringbook::app::demo {

template <typename T>
QString kindOf()
{
    using namespace model;
    if constexpr (std::is_same_v<T, Customer>)
        return QStringLiteral("customer");
    else if constexpr (std::is_same_v<T, ContactPoint>)
        return QStringLiteral("contact_point");
    else if constexpr (std::is_same_v<T, Interaction>)
        return QStringLiteral("interaction");
    else if constexpr (std::is_same_v<T, Case>)
        return QStringLiteral("case");
    else if constexpr (std::is_same_v<T, CaseNote>)
        return QStringLiteral("case_note");
    else if constexpr (std::is_same_v<T, FollowUp>)
        return QStringLiteral("follow_up");
    else if constexpr (std::is_same_v<T, Alert>)
        return QStringLiteral("alert");
    else if constexpr (std::is_same_v<T, User>)
        return QStringLiteral("user");
    else if constexpr (std::is_same_v<T, Team>)
        return QStringLiteral("team");
    else if constexpr (std::is_same_v<T, Queue>)
        return QStringLiteral("queue");
    else if constexpr (std::is_same_v<T, Category>)
        return QStringLiteral("category");
    else {
        static_assert(std::is_same_v<T, OutcomeCode>);
        return QStringLiteral("outcome_code");
    }
}

/// Which of the device's ids the records get whose number is known beforehand. Others take the next free one.
struct Numbering
{
    qint64 device = 0;
    qint64 setUp = 0;     ///< room for setUpRoom of them
    qint64 showcase = 0;  ///< room for showcaseRoom of them
    qint64 customers = 0; ///< organisations first
    qint64 interactions = 0;
    qint64 cases = 0;
    qint64 free = 0; ///< from here on nothing is given away

    static constexpr int setUpRoom = 100;
    static constexpr int showcaseRoom = 100;

    explicit Numbering(const DemoSettings &settings)
        : device(settings.device),
          setUp(settings.firstCounter),
          showcase(setUp + setUpRoom),
          customers(showcase + showcaseRoom),
          interactions(customers + settings.customers),
          cases(interactions + qint64(settings.customers) * settings.interactionsPerCustomer),
          free(cases + settings.cases)
    {
    }

    template <typename T>
    Id<T> id(qint64 counter) const
    {
        return {makeId(device, counter)};
    }
};

/// Hands records to the sink until it refuses one.
class Records
{
public:
    Records(const DemoSink &sink, const Numbering &numbering)
        : m_sink(sink),
          m_device(numbering.device),
          m_free(numbering.free)
    {
    }

    /// False: the sink has refused this or an earlier one; nothing more is written.
    template <typename T>
    bool write(const T &record)
    {
        if (!m_status)
            return false;
        m_status = m_sink({kindOf<T>(), record.id.value}, fieldsOf(record));
        ++m_count;
        return m_status.has_value();
    }

    template <typename T>
    bool writeNew(T record)
    {
        record.id = {makeId(m_device, m_free++)};
        return write(record);
    }

    const Status &status() const { return m_status; }
    qint64 count() const { return m_count; }
    qint64 free() const { return m_free; }

private:
    const DemoSink &m_sink;
    qint64 m_device;
    qint64 m_free;
    qint64 m_count = 0;
    Status m_status = Done{};
};

} // namespace ringbook::app::demo
