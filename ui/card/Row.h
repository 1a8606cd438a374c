#pragma once

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace ringbook::ui {

/// What a list row shows: the value every list model here answers for RowRole, already worded.
struct Row
{
    std::optional<Icon> icon = {};
    QString key = {}; ///< the key that picks this row
    QString title = {};
    QString badge = {};
    Tone badgeTone = Tone::Neutral;
    QString text = {};
    QString right = {};
    QString rightBelow = {};
    QString mark = {}; ///< words of a sign in the margin; empty: none

    bool operator==(const Row &) const = default;
};

constexpr int RowRole = Qt::UserRole;

/// The row as one sentence, for a screen reader.
QString spokenRow(const Row &row);

} // namespace ringbook::ui

Q_DECLARE_METATYPE(ringbook::ui::Row)
