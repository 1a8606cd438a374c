#pragma once

#include "app/hub/demo/Contacts.h"

namespace ringbook::app::demo {

/// The cases that came out of the contacts, the newest of them open, with what was noted and promised on
/// each; and what is planned for customers without a case. Everything is made of the contact in which it
/// began.
class Cases
{
public:
    Cases(const DemoSettings &settings, const Numbering &numbering, const Company &company,
          const People &people, const Contacts &contacts, const Texts &texts, const WorkingTime &time);

    model::Case file(qint64 index) const;
    QVector<model::CaseNote> notes(qint64 index, const model::Case &file) const;         ///< without ids
    std::optional<model::FollowUp> promise(qint64 index, const model::Case &file) const; ///< without id

    /// Maintenance, questions after a sale and call-backs that belong to no case; without id.
    qint64 planned() const { return m_people.count() / 50; }
    model::FollowUp plan(qint64 index) const;

    qint64 alerts() const { return m_people.count() / 160; }
    model::Alert alert(qint64 index) const; ///< without id

private:
    qint64 contactOf(qint64 index) const;
    model::Case::Status statusAfter(TimeMs age, Dice &dice) const;
    void close(model::Case &file, const Topic &topic, Dice &dice) const;
    TimeMs dueSoon(Dice &dice) const;
    model::FollowUp followUp(model::FollowUp::Kind kind, Dice &dice, const Topic &topic) const;

    const DemoSettings &m_settings;
    const Numbering &m_numbering;
    const Company &m_company;
    const People &m_people;
    const Contacts &m_contacts;
    const Texts &m_texts;
    const WorkingTime &m_time;
    QString m_zone;
};

} // namespace ringbook::app::demo
