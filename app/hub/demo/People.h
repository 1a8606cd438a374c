#pragma once

#include "app/hub/demo/Dice.h"
#include "app/hub/demo/Numbers.h"
#include "app/hub/demo/Records.h"

namespace ringbook::app::demo {

/// Everybody we serve, by index: organisations first, then people. People come in rounds: the first of a
/// round work for one organisation, the next are one household. The first round has the people of the
/// showcase.
class People
{
public:
    People(const DemoSettings &settings, const Numbering &numbering);

    qint64 count() const { return m_count; }
    qint64 organisations() const { return m_organisations; }
    qint64 showcase() const { return m_organisations; } ///< index of Ana Costa

    Id<model::Customer> id(qint64 index) const;
    model::Customer customer(qint64 index) const;
    QVector<model::ContactPoint> contactPoints(qint64 index) const; ///< without ids; the own phone first
    QString e164(qint64 index) const;                               ///< of the own phone

private:
    struct Names
    {
        QString languages = {}; ///< own one first, then that of the place; alike for locals
        QString placeFirst = {};
        QString zone = {};
        bool isLocal = true;
        bool familyFirst = false;
        QVector<QString> given = {};
        QVector<QString> family = {};
    };
    struct Name
    {
        const Names *names = nullptr;
        QString given = {};
        QString family = {};

        QString full() const { return names->familyFirst ? family + u' ' + given : given + u' ' + family; }
    };

    qint64 turnOf(qint64 index) const;
    qint64 roundOf(qint64 index) const;
    bool inHousehold(qint64 index) const;
    qint64 headOf(qint64 index) const; ///< of the household, whose phone is everybody's; else the person
    std::optional<qint64> employer(qint64 index) const; ///< index of the organisation
    Name nameOf(qint64 index) const;
    QString companyName(qint64 index) const;
    void describe(model::Customer &customer, const Phone &phone, const Names *names, Dice &dice) const;
    QVector<model::ContactPoint> phones(qint64 index, const Phone &own, Dice &dice) const;
    Phone ownPhone(qint64 index) const;
    QString mailAddress(qint64 index, Dice &dice) const;

    Numbering m_numbering;
    Numbers m_numbers;
    quint64 m_seed;
    qint64 m_count;
    qint64 m_organisations;
    TimeMs m_now;
    QVector<QVector<Names>> m_namesOf; ///< by place, each as often as it shall be drawn
    QVector<QVector<QString>> m_companies;
    QVector<QVector<QString>> m_streets;
    QVector<QString> m_spoken; ///< by place
    QVector<QString> m_roles;
    QVector<QString> m_domains;
    QVector<QString> m_services;
    QVector<QString> m_remarks;
};

} // namespace ringbook::app::demo
