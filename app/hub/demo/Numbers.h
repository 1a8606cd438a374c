#pragma once

#include "app/hub/demo/Lists.h"

namespace ringbook::app::demo {

/// A phone number, as a person writes it and in E.164, and where such numbers are.
struct Phone
{
    QString value = {};
    QString e164 = {};
    QString label = {};
    QString zone = {};
    QString city = {};
    int place = 0; ///< in Numbers::places()
};

/// The numbers that are reserved for fiction, one for each index. Places take turns in a fixed order; a place
/// whose ranges are used up goes on under a country code that no network serves.
class Numbers
{
public:
    Numbers();

    static const QStringList &places(); ///< "DE", "FR" …
    static int placeOf(qint64 index);

    Phone phone(qint64 index) const;
    QString e164(qint64 index) const; ///< the same, for those who need no more

private:
    struct Range
    {
        QString pattern = {};
        QString dialled = {}; ///< the pattern without blanks
        qint64 first = 0;
        qint64 count = 0;
        QString label = {};
        QString zone = {};
        QString city = {};
    };
    /// Ranges of a place take turns, so that neighbours get different ones; where a short one ends, a level
    /// ends.
    struct Level
    {
        qint64 above = 0; ///< numbers that each range has given before
        qint64 depth = 0; ///< numbers that each range gives here
        QVector<Range> ranges = {};
    };
    struct Slot
    {
        const Range *range = nullptr;
        qint64 number = 0;
    };

    Slot slotOf(qint64 index) const;
    static Range readRange(const QString &item);
    static QVector<Level> levelsOf(QVector<Range> ranges);

    QVector<QVector<Level>> m_levels; ///< by place
    Range m_beyond;
};

} // namespace ringbook::app::demo
