#include "sync/hub/LogLife.h"

#include <future>

namespace ringbook::hub {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds betweenTurns = 50ms;
constexpr auto betweenLooks = std::chrono::milliseconds(markLogEveryMs); ///< each wakes the writer

} // namespace

Result<bool> LogCut::turn(WriteBatch &batch, const QString &name)
{
    Books &books = batch.books();
    const auto book = batch.book(name);
    if (!book)
        return book.error();
    if (const Status marked = books.markLog(*book, batch.now(), markLogEveryMs); !marked)
        return marked.error();
    const auto aged = books.loggedBy(book->id, batch.now() - keepLogMs);
    if (!aged || *aged == 0)
        return aged ? Result<bool>(false) : aged.error();
    const auto cut = books.cutLog(*book, *aged, cutPerTurn);
    if (!cut || *cut == cutPerTurn)
        return cut ? Result<bool>(true) : cut.error();
    if (*aged == m_aged && m_device == 0)
        return false;
    m_aged = *aged;
    const auto forgotten = books.forgetAnswers(book->id, m_device, *aged, cutPerTurn);
    if (!forgotten || *forgotten > 0)
        return forgotten ? Result<bool>(true) : forgotten.error();
    const auto next = books.deviceAfter(m_device);
    if (!next)
        return next.error();
    m_device = *next;
    return m_device != 0;
}

LogLife::~LogLife()
{
    m_thread.request_stop();
}

void LogLife::start()
{
    m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

void LogLife::run(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        bool more = false;
        for (const sync::BookGrant &book : m_fanout.heads())
            more = turn(book.book) || more;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, more ? betweenTurns : betweenLooks, [] { return false; });
    }
}

bool LogLife::turn(const QString &book)
{
    auto more = std::make_shared<bool>(false);
    std::promise<bool> done;
    const bool taken = m_writer.submit(
        {[this, book, more](WriteBatch &batch) {
             const auto turned = m_cuts[book].turn(batch, book);
             *more = turned && *turned;
             return turned ? Status(Done{}) : turned.error();
         },
         [&done, more](const Status &committed) { done.set_value(committed && *more); }, book});
    return taken && done.get_future().get();
}

} // namespace ringbook::hub
