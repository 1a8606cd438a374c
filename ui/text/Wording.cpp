#include "ui/text/Wording.h"

#include "ui/text/Numbers.h"
#include "ui/text/Times.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ringbook::ui {

using model::AgentCall;
using model::Case;
using model::Confidence;
using model::ContactPoint;
using model::FollowUp;
using model::Interaction;
using model::TimelineEntry;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

/// The hub files calls that nobody took under these, which no set-up names.
QString outcomeWord(const QString &label)
{
    if (label == QLatin1String("missed"))
        return Words::tr("nobody took it");
    if (label == QLatin1String("abandoned"))
        return Words::tr("gave up waiting");
    if (label == QLatin1String("rejected"))
        return Words::tr("rejected");
    return label;
}

QString interactionHeadline(const TimelineEntry &entry)
{
    QString head = entry.direction == Interaction::Direction::In
                       ? Words::tr("%1 in", "channel, from the customer").arg(word(entry.channel))
                       : Words::tr("%1 out", "channel, to the customer").arg(word(entry.channel));
    if (entry.channel == Interaction::Channel::Visit)
        head = word(entry.channel);
    if (entry.durationMs && *entry.durationMs > 0)
        head += QStringLiteral(", ") + spokenDuration(*entry.durationMs);
    const QString outcome = outcomeWord(entry.outcomeLabel);
    return outcome.isEmpty() ? head : head + QStringLiteral(" · ") + outcome;
}

QString followUpHeadline(const TimelineEntry &entry)
{
    const QString kind = word(entry.followUpKind);
    const bool isWanted = entry.who.isEmpty() && entry.text.isEmpty(); // nobody agreed it
    return entry.followUpState == FollowUp::State::Open
               ? (isWanted ? Words::tr("%1 wanted", "kind of follow-up")
                           : Words::tr("%1 agreed", "kind of follow-up"))
                     .arg(kind)
               : Words::tr("%1: %2", "kind of follow-up, its state").arg(kind, word(entry.followUpState));
}

QString languageName(const QString &tag)
{
    const QLocale::Language language = QLocale(tag).language();
    return language == QLocale::C || language == QLocale::AnyLanguage ? tag
                                                                      : QLocale::languageToString(language);
}

} // namespace

QString word(Case::Type type)
{
    switch (type) {
    case Case::Type::Complaint: return Words::tr("Complaint");
    case Case::Type::ServiceRequest: return Words::tr("Service");
    case Case::Type::Return: return Words::tr("Return");
    case Case::Type::Information: return Words::tr("Information");
    }
    return {};
}

QString word(Case::Status status)
{
    switch (status) {
    case Case::Status::New: return Words::tr("New");
    case Case::Status::InProgress: return Words::tr("In progress");
    case Case::Status::Waiting: return Words::tr("Waiting");
    case Case::Status::Resolved: return Words::tr("Resolved");
    case Case::Status::Closed: return Words::tr("Closed");
    }
    return {};
}

QString word(Interaction::Channel channel)
{
    switch (channel) {
    case Interaction::Channel::Call: return Words::tr("Call");
    case Interaction::Channel::Mail: return Words::tr("Mail");
    case Interaction::Channel::Letter: return Words::tr("Letter");
    case Interaction::Channel::Visit: return Words::tr("Visit");
    case Interaction::Channel::Chat: return Words::tr("Chat");
    case Interaction::Channel::Fax: return Words::tr("Fax");
    case Interaction::Channel::Web: return Words::tr("Web form");
    case Interaction::Channel::Social: return Words::tr("Social media");
    }
    return {};
}

QString word(FollowUp::Kind kind)
{
    switch (kind) {
    case FollowUp::Kind::Callback: return Words::tr("Call-back");
    case FollowUp::Kind::Visit: return Words::tr("Visit");
    case FollowUp::Kind::Maintenance: return Words::tr("Maintenance");
    case FollowUp::Kind::AfterSale: return Words::tr("After-sale call");
    }
    return {};
}

QString word(FollowUp::State state)
{
    switch (state) {
    case FollowUp::State::Open: return Words::tr("open");
    case FollowUp::State::Done: return Words::tr("done");
    case FollowUp::State::Cancelled: return Words::tr("cancelled");
    }
    return {};
}

QString word(ContactPoint::Channel channel)
{
    switch (channel) {
    case ContactPoint::Channel::Phone: return Words::tr("Phone");
    case ContactPoint::Channel::Email: return Words::tr("Mail");
    case ContactPoint::Channel::Address: return Words::tr("Address");
    case ContactPoint::Channel::Social: return Words::tr("Social media");
    }
    return {};
}

QString word(ContactPoint::Shared shared)
{
    switch (shared) {
    case ContactPoint::Shared::No: return {};
    case ContactPoint::Shared::Household: return Words::tr("household line");
    case ContactPoint::Shared::Company: return Words::tr("company line");
    }
    return {};
}

QString word(AgentCall::State state)
{
    switch (state) {
    case AgentCall::State::Ringing: return Words::tr("Ringing");
    case AgentCall::State::Connected: return Words::tr("Talking");
    case AgentCall::State::OnHold: return Words::tr("On hold");
    case AgentCall::State::Over: return Words::tr("Over");
    }
    return {};
}

QString stateWord(const AgentCall &call, bool isHeard)
{
    const QString state = word(call.state);
    return isHeard || call.isLocal ? state : Words::tr("%1, as last known", "state of a call").arg(state);
}

QString word(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Exact: return Words::tr("exact number");
    case Confidence::Shared: return Words::tr("shared number");
    case Confidence::Chosen: return Words::tr("chosen by you");
    case Confidence::Unknown: return Words::tr("unknown number");
    case Confidence::Withheld: return Words::tr("number withheld");
    case Confidence::Unreadable: return Words::tr("not a number");
    }
    return {};
}

QString whyOver(const AgentCall &call)
{
    switch (call.result) {
    case AgentCall::Result::None: return {};
    case AgentCall::Result::Answered: return Words::tr("the call is over");
    case AgentCall::Result::AnsweredElsewhere:
        return call.answeredBy.isEmpty() ? Words::tr("taken at another desk")
                                         : Words::tr("taken by %1").arg(isolated(call.answeredBy));
    case AgentCall::Result::NoAnswer: return Words::tr("nobody took it");
    case AgentCall::Result::Rejected: return Words::tr("declined");
    case AgentCall::Result::Busy: return Words::tr("your line was busy");
    case AgentCall::Result::Unavailable: return Words::tr("your phone was not reachable");
    case AgentCall::Result::Forwarded: return Words::tr("forwarded by your phone");
    case AgentCall::Result::CallerHangup: return Words::tr("the caller hung up");
    case AgentCall::Result::TransferredOut: return Words::tr("passed on");
    case AgentCall::Result::Lost: return Words::tr("the telephone system was lost; the call may go on");
    }
    return {};
}

QString languageNames(const QString &tags)
{
    QStringList names;
    for (const QString &tag : tags.split(u',', Qt::SkipEmptyParts))
        names += languageName(tag.trimmed());
    return names.join(QStringLiteral(", "));
}

QString headline(const TimelineEntry &entry)
{
    switch (entry.kind) {
    case TimelineEntry::Kind::Interaction: return interactionHeadline(entry);
    case TimelineEntry::Kind::CaseOpened:
        return Words::tr("%1 opened: %2", "type, subject").arg(word(entry.caseType), entry.text);
    case TimelineEntry::Kind::CaseNote: return Words::tr("Note on %1").arg(caseCodeForPeople(entry.caseCode));
    case TimelineEntry::Kind::FollowUp: return followUpHeadline(entry);
    }
    return {};
}

QString body(const TimelineEntry &entry)
{
    if (entry.kind != TimelineEntry::Kind::CaseOpened)
        return entry.text;
    return entry.remedySought.isEmpty() ? QString() : Words::tr("Remedy sought: %1").arg(entry.remedySought);
}

} // namespace ringbook::ui
