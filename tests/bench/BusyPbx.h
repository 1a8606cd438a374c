#pragma once

#include "sync/calls/recording/AmiPlayer.h"

#include <QStringList>

#include <array>

namespace ringbook::bench {

/// A queue call that rings three phones, is answered at the second and ends, as a real PBX told it, message
/// by message; any number of such calls with ids, channels and parties of their own.
class QueueCall
{
public:
    /// From the recording of such a call; a sentence if it is not one.
    static Result<QueueCall> fromRecording(const QString &path);

    enum Part { Ringing, Answered, Ended, partCount };
    struct Who
    {
        qint64 number = 0;              ///< of the call, from 1
        QString caller = {};            ///< E.164
        std::array<int, 3> phones = {}; ///< extensions
    };
    QByteArray bytes(Part part, const Who &who) const;

private:
    std::array<QByteArray, partCount> m_parts;
};

/// A manager interface that says what it is told to say, to the hub that logged in.
class BusyPbx : public calls::AmiPlayer
{
public:
    BusyPbx();

    /// Settings of a hub for this PBX, with phones of these extensions; where the file is.
    QString writeSettings(const QString &folder, const QVector<int> &extensions) const;
};

} // namespace ringbook::bench
