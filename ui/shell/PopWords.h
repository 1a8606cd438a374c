#pragma once

#include "model/desk/Card.h"
#include "model/domain/AgentCall.h"
#include "ui/text/Reasons.h"

#include <QStringList>
#include <QVector>

namespace ringbook::ui {

/// What the pop says about one caller; times that run are not in it.
struct PopWords
{
    struct Somebody
    {
        QString name = {};
        QString why = {};
    };

    QString head = {};                 ///< "Incoming · Support line"
    QString name = {};                 ///< the largest thing: who, or what is known instead
    QString who = {};                  ///< "Brandt Klima GmbH · +49 … · exact number"
    QVector<ReasonWords> reasons = {}; ///< at most popLines; an alert first
    QVector<Somebody> candidates = {}; ///< at most popLines, in the card's order: the first is number 1 there
    QVector<Id<model::Customer>> people = {}; ///< whom it names
    QString more = {};                        ///< "and 31 more"
    QString desks = {};                       ///< "rings at 3 desks"

    int lines() const;      ///< of the list: 1 to popLines
    QString spoken() const; ///< everything, for assistants
};

constexpr int popLines = 3;

PopWords popWords(const model::AgentCall &call, const model::Card &card, const Reading &reading);

} // namespace ringbook::ui
