#include "ui/text/PresenceWords.h"

#include "ui/text/Numbers.h"

#include <QCoreApplication>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace ringbook::ui {

using model::Presence;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PresenceWords)
};

QString personWord(const Presence &person)
{
    const QString name = person.name.isEmpty() ? Words::tr("Somebody") : isolated(person.name);
    switch (person.doing) {
    case Presence::Doing::Phone: return Words::tr("%1 is on the phone with them").arg(name);
    case Presence::Doing::Editing: return Words::tr("%1 is writing here").arg(name);
    case Presence::Doing::Looking: return Words::tr("%1 has this open").arg(name);
    }
    return name;
}

} // namespace

QString peopleLine(const QVector<Presence> &people)
{
    QVector<Presence> inOrder = people;
    std::ranges::stable_sort(inOrder, std::greater(), &Presence::doing);
    QStringList words;
    QSet<qint64> told; // somebody may have two desks
    for (const Presence &person : inOrder) {
        if (person.user && told.contains(person.user.value))
            continue;
        told.insert(person.user.value);
        words.append(personWord(person));
    }
    return words.join(QStringLiteral(" · "));
}

} // namespace ringbook::ui
