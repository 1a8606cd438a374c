#pragma once

#include "model/domain/Case.h"
#include "model/domain/Interaction.h"

#include <QVector>

namespace ringbook::model {

/// One line of the history, over all kinds.
struct TimelineEntry
{
    enum class Kind { Interaction, CaseOpened, CaseNote, FollowUp };

    Kind kind = Kind::Interaction;
    qint64 id = 0; ///< of the record of that kind
    TimeMs at = 0;
    QString who = {}; ///< name of the colleague; empty if none
    bool mine = false;
    QString text = {}; ///< note, subject, what
    // Interaction only
    Interaction::Channel channel = Interaction::Channel::Call;
    Interaction::Direction direction = Interaction::Direction::In;
    QString outcomeLabel = {};
    std::optional<qint64> durationMs = {};
    // CaseOpened and CaseNote only
    Case::Type caseType = Case::Type::Complaint;
    Case::Status caseStatus = Case::Status::New;
    QString caseCode = {};
    std::optional<int> severity = {};
    QString remedySought = {};
    // FollowUp only
    FollowUp::Kind followUpKind = FollowUp::Kind::Callback;
    FollowUp::State followUpState = FollowUp::State::Open;

    bool operator==(const TimelineEntry &) const = default;
};

/// Where the next page of a timeline begins: after (older than) this entry.
struct TimelineMark
{
    TimeMs at = 0;
    qint64 id = 0;
};

/// One page of a timeline, newest first.
struct TimelinePart
{
    QVector<TimelineEntry> entries = {};
    std::optional<TimelineMark> next = {}; ///< none: this was the oldest
};

constexpr int timelinePage = 50;

} // namespace ringbook::model
