#pragma once

#include "model/core/Clock.h"

#include <QString>
#include <QVector>

#include <optional>

namespace ringbook::model {

// How the hub's telephone systems stand, for whoever has to find out why nothing pops. No number and no name
// of a caller is in any of it. Its sentences come from the hub and are for administrators.

/// A phone that the settings name.
struct TelephoneAt
{
    QString extension = {};
    QString name = {};     ///< of the settings
    QString endpoint = {}; ///< as the telephone system calls it
    QString user = {};     ///< whose desk sees its calls; empty: nobody's
    int rings = 0;         ///< since the hub began
    std::optional<TimeMs> rangAt = {};

    bool operator==(const TelephoneAt &) const = default;
};

/// What the hub took from one event, in words.
struct TelephonyStep
{
    TimeMs at = 0;
    QString call = {}; ///< the hub's id
    QString text = {};

    bool operator==(const TelephonyStep &) const = default;
};

/// Something the telephone system told of that no setting names, and how often.
struct Unassigned
{
    QString endpoint = {};
    int count = 0;

    bool operator==(const Unassigned &) const = default;
};

/// What became of one request that a telephone system posted. No number beyond its last two digits, no token,
/// no signature, nothing of a body but the sender's words for the event and the call.
struct TelephonyRequest
{
    TimeMs at = 0; ///< of reception
    QString event = {};
    QString call = {};
    QString outcome = {}; ///< "taken", "ignored: …", "refused: …"

    bool operator==(const TelephonyRequest &) const = default;
};

struct TelephonySource
{
    QString source = {};
    QString kind = {};                     ///< asterisk, freeswitch, webhook, simulator
    QString state = {};                    ///< off, connecting, logging_in, listing, live, waiting
    QString problem = {};                  ///< one sentence, while there is one
    QString protection = {};               ///< how the connection is kept from strangers, one sentence
    std::optional<TimeMs> clockAhead = {}; ///< of the telephone system's clock, in ms; none: not known
    QVector<TelephoneAt> phones = {};
    QVector<Unassigned> unassigned = {};
    QVector<TelephonyStep> steps = {};       ///< the last ones, oldest first
    QVector<TelephonyRequest> requests = {}; ///< of one that posts: the last ones, oldest first

    bool operator==(const TelephonySource &) const = default;
};

constexpr int mostTelephonySteps = 300; ///< of one source
constexpr int mostTelephonyRequests = 50;
constexpr int mostUnassigned = 100;
constexpr int mostTelephones = 2'000; ///< of one source that are told
constexpr int mostTelephonySources = 100;
constexpr int mostFindings = 1'000;

/// One thing an administrator should know about a telephone system and the hub's settings for it.
struct TelephonyFinding
{
    enum class Grade {
        Good,
        Note, ///< it may be meant so
        Bad,  ///< as long as it is so, somebody sees no calls
    };

    Grade grade = Grade::Good;
    QString what = {}; ///< a sentence
    QString todo = {}; ///< a sentence; empty: nothing

    bool operator==(const TelephonyFinding &) const = default;
};

QString name(TelephonyFinding::Grade grade); ///< as on the wire: "good", "note", "bad"
std::optional<TelephonyFinding::Grade> findingGradeFromName(const QString &name);

} // namespace ringbook::model
