#include "ui/card/CallWork.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::ui;

namespace {

CallWork workOf(const QString &key)
{
    CallWork work;
    work.draft.callId = key;
    work.draft.call.callId = key;
    return work;
}

QStringList keysOf(const CallStack &stack)
{
    QStringList keys;
    for (const CallWork &work : stack.works())
        keys += work.draft.callId;
    return keys;
}

} // namespace

class tst_CallWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstLineAsSubject()
    {
        QCOMPARE(subjectFrom("\n  valve   leaks\nsecond repair"), QString("valve leaks"));
        QCOMPARE(subjectFrom(""), QString());
    }

    void cutsALongSubjectAtAWord()
    {
        const QString fits(maxSubjectLength, u'x');
        QCOMPARE(subjectFrom(fits), fits);
        QCOMPARE(subjectFrom(fits + u'x'), fits);
        QCOMPARE(subjectFrom(QString(maxSubjectLength - 1, u'x') + " yy"),
                 QString(maxSubjectLength - 1, u'x'));
    }

    void putsACallOnTheScreenOnce()
    {
        CallStack stack;
        stack.open(workOf("a")).draft.note = "typed";
        stack.open(workOf("b"));

        QCOMPARE(stack.open(workOf("a")).draft.note, QString("typed"));
        QCOMPARE(keysOf(stack), QStringList({"a", "b"}));
        QCOMPARE(stack.currentIndex(), 0);
    }

    void stepsOnlyBetweenTheEnds()
    {
        CallStack stack;
        stack.open(workOf("a"));
        stack.open(workOf("b"));

        QVERIFY(!stack.step(1));
        QVERIFY(stack.step(-1));
        QVERIFY(!stack.step(-1));
        QCOMPARE(stack.current()->draft.callId, QString("a"));
    }

    void bringsUpTheNeighbourOfWhatIsDropped()
    {
        CallStack stack;
        for (const char *key : {"a", "b", "c"})
            stack.open(workOf(key));

        QVERIFY(stack.drop("a"));
        QCOMPARE(stack.current()->draft.callId, QString("c"));
        QVERIFY(stack.drop("c"));
        QCOMPARE(stack.current()->draft.callId, QString("b"));
        QVERIFY(stack.drop("b"));
        QVERIFY(!stack.current());
        QVERIFY(!stack.drop("b"));
    }
};

QTEST_GUILESS_MAIN(tst_CallWork)
#include "tst_CallWork.moc"
