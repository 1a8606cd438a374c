// What a softphone runs when it rings, when it is answered and when the call is over: three programs of this
// one source. All of their command line is the caller's number, which the caller chose: there are no options.

#include "app/handover/HandOver.h"
#include "app/handover/Profiles.h"

#include <QCoreApplication>

#include <cstdio>

using namespace ringbook;
using namespace ringbook::app;

namespace {

constexpr int handOverWithinMs = 20; ///< some softphones wait for us before they let the telephone ring

int complain(const QString &sentence)
{
    std::fprintf(stderr, RINGBOOK_TRIGGER_NAME ": %s\n", qPrintable(sentence));
    return 1;
}

/// Not every softphone quotes: a number with spaces comes in several pieces.
Request requestOf(int argc, char **argv)
{
    QByteArray said;
    for (int i = 1; i < argc && said.size() <= maxRingNumberLength; ++i)
        said += (i > 1 ? " " : "") + QByteArray(argv[i]);
    return {.kind = Request::Kind::RINGBOOK_TRIGGER_KIND,
            .number = callerNumber(QString::fromLocal8Bit(said))};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName("ringbook");
    const Request request = requestOf(argc, argv);
    for (const QString &profile : likelyProfiles()) {
        const Status handed = handOver(profile, request, handOverWithinMs);
        if (handed || handed.error().fault == Fault::Busy)
            return 0;
        if (handed.error().fault == Fault::Denied)
            return complain(handed.error().detail);
    }
    return complain("no desk of Ringbook runs here; start it first");
}
