#include "ui/text/Symbols.h"

namespace ringbook::ui {

using model::Case;
using model::FollowUp;
using model::Interaction;
using model::TimelineEntry;

Icon iconOf(Interaction::Channel channel, Interaction::Direction direction)
{
    switch (channel) {
    case Interaction::Channel::Call:
        return direction == Interaction::Direction::In ? Icon::Phone : Icon::PhoneOut;
    case Interaction::Channel::Mail: return Icon::Mail;
    case Interaction::Channel::Letter: return Icon::Letter;
    case Interaction::Channel::Visit: return Icon::Visit;
    case Interaction::Channel::Chat: return Icon::Chat;
    case Interaction::Channel::Fax: return Icon::Fax;
    case Interaction::Channel::Web: return Icon::Web;
    case Interaction::Channel::Social: return Icon::Social;
    }
    return Icon::Phone;
}

Icon iconOf(Case::Type type)
{
    switch (type) {
    case Case::Type::Complaint: return Icon::Complaint;
    case Case::Type::ServiceRequest: return Icon::Service;
    case Case::Type::Return: return Icon::Return;
    case Case::Type::Information: return Icon::Information;
    }
    return Icon::Complaint;
}

Icon iconOf(FollowUp::Kind kind)
{
    switch (kind) {
    case FollowUp::Kind::Callback: return Icon::FollowUp;
    case FollowUp::Kind::Visit: return Icon::Visit;
    case FollowUp::Kind::Maintenance: return Icon::Maintenance;
    case FollowUp::Kind::AfterSale: return Icon::FollowUp;
    }
    return Icon::FollowUp;
}

Icon iconOf(const TimelineEntry &entry)
{
    switch (entry.kind) {
    case TimelineEntry::Kind::Interaction: return iconOf(entry.channel, entry.direction);
    case TimelineEntry::Kind::CaseOpened: return iconOf(entry.caseType);
    case TimelineEntry::Kind::CaseNote: return Icon::Note;
    case TimelineEntry::Kind::FollowUp: return iconOf(entry.followUpKind);
    }
    return Icon::Note;
}

} // namespace ringbook::ui
