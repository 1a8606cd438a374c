#pragma once

#include <QByteArray>
#include <QUrl>

#include <memory>

namespace ringbook::bench {

/// The event streams of very many desks, read in one thread as cheaply as can be: they are looked through for
/// words.
class Streams
{
public:
    explicit Streams(const QUrl &hub);
    ~Streams();

    void open(const QByteArray &token);
    void forget(); ///< what has been read so far

    /// Until each stream has said these words since forget(). False: one did not in time.
    bool waitForAll(const QByteArray &words, int timeoutMs = 30'000);

    const QByteArray &said(qsizetype stream) const; ///< since forget()

private:
    struct Stream;
    struct All;
    void read(const std::shared_ptr<Stream> &stream);
    std::unique_ptr<All> m;
};

/// Room for as many sockets, here and in the programs started from here.
void openFilesFor(int sockets);

/// One thread that writes so many bytes to each of so many sockets, another that reads them all.
double rawBroadcastUs(int sockets, qsizetype bytes);

} // namespace ringbook::bench
