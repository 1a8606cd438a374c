#pragma once

#include "app/hub/demo/Company.h"
#include "app/hub/demo/People.h"
#include "app/hub/demo/Texts.h"

#include <array>

namespace ringbook::app::demo {

/// Two years of calls, mails and visits, by index in the order of time. Some customers come far more often
/// than others; Ana Costa's story is told elsewhere.
class Contacts
{
public:
    Contacts(const DemoSettings &settings, const Company &company, const People &people, const Texts &texts,
             const WorkingTime &time);

    qint64 count() const { return m_count; }
    model::Interaction interaction(qint64 index, Id<model::Interaction> id) const;

    /// What is known of a contact without putting its words together.
    struct Facts
    {
        qint64 customer = -1; ///< index among People; -1: nobody knows who it was
        TimeMs at = 0;
        model::Interaction::Channel channel = model::Interaction::Channel::Call;
        model::Interaction::Direction direction = model::Interaction::Direction::In;
        const Topic *topic = nullptr;
        Id<model::User> agent = {};
    };
    Facts facts(qint64 index) const;

private:
    qint64 caller(Dice &dice) const;
    void talk(model::Interaction &contact, Dice &dice) const;
    void endIn(model::Interaction &contact, TimeMs length) const;
    void tell(model::Interaction &contact, const Facts &facts, Dice &dice) const;

    const Company &m_company;
    const People &m_people;
    const Texts &m_texts;
    const WorkingTime &m_time;
    quint64 m_seed;
    qint64 m_count;
    std::array<std::array<QVector<Template>, 2>, 8> m_sentences; ///< by channel and direction
    QVector<Template> m_unknown;
    QVector<Template> m_more;
    QVector<QString> m_verifications;
};

} // namespace ringbook::app::demo
