#include "ui/shell/PopWords.h"

#include "model/domain/PlainText.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"

#include <QCoreApplication>

namespace ringbook::ui {

using model::AgentCall;
using model::Card;
using model::Confidence;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PopWords)
};

constexpr int longestName = 120;
const QString dot = QStringLiteral(" · ");

QString joined(const QStringList &parts)
{
    QStringList said;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            said += part;
    }
    return said.join(dot);
}

QString cleaned(const QString &name)
{
    return model::plainText(name, longestName);
}

QString direction(const AgentCall &call)
{
    switch (call.direction) {
    case AgentCall::Direction::Inbound: return Words::tr("Incoming");
    case AgentCall::Direction::Outbound: return Words::tr("Outgoing");
    case AgentCall::Direction::Internal: return Words::tr("Colleague");
    }
    return {};
}

QString people(int count)
{
    switch (count) {
    case 2: return Words::tr("Two people use this number");
    case 3: return Words::tr("Three people use this number");
    case 4: return Words::tr("Four people use this number");
    default: return Words::tr("%1 people use this number").arg(grouped(count));
    }
}

QString nameOf(const Card &card)
{
    switch (card.confidence) {
    case Confidence::Exact:
    case Confidence::Chosen:
        return card.customer.name.isEmpty() ? Words::tr("Customer without a name")
                                            : cleaned(card.customer.name);
    case Confidence::Shared:
        return people(std::max(card.candidateCount, static_cast<int>(card.candidates.size())));
    case Confidence::Unknown: return phoneForPeople(card.number);
    case Confidence::Withheld: return Words::tr("Number withheld");
    case Confidence::Unreadable: return Words::tr("Caller without a readable number");
    }
    return {};
}

QString networkName(const Card &card)
{
    return card.networkName.isEmpty()
               ? QString()
               : Words::tr("“%1” says the network").arg(isolated(cleaned(card.networkName)));
}

QString whoOf(const Card &card)
{
    const QString number = phoneForPeople(card.number);
    switch (card.confidence) {
    case Confidence::Exact:
    case Confidence::Chosen:
        return joined({isolated(cleaned(card.organisationName)), number, word(card.confidence)});
    case Confidence::Shared: {
        const auto shared =
            card.candidates.isEmpty() ? model::ContactPoint::Shared::No : card.candidates[0].shared;
        return joined(
            {number, shared == model::ContactPoint::Shared::No ? word(card.confidence) : word(shared)});
    }
    case Confidence::Unknown: return joined({networkName(card), word(card.confidence)});
    case Confidence::Withheld: return joined({networkName(card), Words::tr("the caller hides it")});
    case Confidence::Unreadable: return joined({networkName(card), number});
    }
    return {};
}

/// What to expect where the book has nothing to say.
ReasonWords nothingKnown(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Unknown:
        return {.chip = Words::tr("New"), .lead = Words::tr("Nobody in the book has this number")};
    case Confidence::Withheld:
    case Confidence::Unreadable:
        return {.chip = Words::tr("Ask"), .lead = Words::tr("who is calling; your note is kept either way")};
    case Confidence::Exact:
    case Confidence::Chosen:
    case Confidence::Shared: break;
    }
    return {.chip = Words::tr("Clear"), .lead = Words::tr("No open promise, no case that is due")};
}

QVector<ReasonWords> reasonsOf(const Card &card, const Reading &reading)
{
    QVector<ReasonWords> lines;
    if (!card.alerts.isEmpty())
        lines += ReasonWords{.tone = Tone::Bad,
                             .chip = Words::tr("Alert"),
                             .subject = isolated(model::plainText(card.alerts[0].text, longestName))};
    for (const auto &reason : card.reasons) {
        if (lines.size() < popLines)
            lines += shortReasonWords(reason, reading);
    }
    if (lines.isEmpty())
        lines += nothingKnown(card.confidence);
    return lines;
}

} // namespace

PopWords popWords(const AgentCall &call, const Card &card, const Reading &reading)
{
    PopWords words{.head =
                       joined({direction(call), isolated(call.queue.isEmpty() ? call.ownLine : call.queue)}),
                   .name = nameOf(card),
                   .who = whoOf(card)};
    if (card.customer.id)
        words.people += card.customer.id;
    if (card.confidence == Confidence::Shared) {
        for (const auto &candidate : card.candidates.mid(0, popLines)) {
            words.candidates += {cleaned(candidate.customer.name), candidateReason(candidate, reading)};
            words.people += candidate.customer.id;
        }
        const auto left =
            std::max<qsizetype>(card.candidateCount, card.candidates.size()) - words.candidates.size();
        if (left > 0)
            words.more = Words::tr("and %1 more").arg(grouped(left));
    } else {
        words.reasons = reasonsOf(card, reading);
    }
    if (call.desksRinging > 1)
        words.desks = Words::tr("rings at %1 desks").arg(grouped(call.desksRinging));
    return words;
}

int PopWords::lines() const
{
    return static_cast<int>(reasons.size() + candidates.size());
}

QString PopWords::spoken() const
{
    QStringList said = {head, name, who};
    for (const auto &reason : reasons)
        said += reason.chip + u' ' + reason.sentence();
    for (const auto &candidate : candidates)
        said += candidate.name + QStringLiteral(", ") + candidate.why;
    said += more;
    said.removeAll(QString());
    return withoutMarks(said.join(QStringLiteral(". ")));
}

} // namespace ringbook::ui
