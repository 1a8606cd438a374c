#include "model/domain/Case.h"

#include <QTest>

using namespace ringbook::model;

using enum Case::Status;

class tst_CaseSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCaseMovesAlongItsPermittedStepsOnly()
    {
        const QVector<std::pair<Case::Status, Case::Status>> permitted = {
            {New, InProgress},      {New, Resolved},        {InProgress, Waiting},
            {InProgress, Resolved}, {Waiting, InProgress},  {Waiting, Resolved},
            {Resolved, Closed},     {Resolved, InProgress}, {Closed, InProgress},
        };
        for (const auto from : {New, InProgress, Waiting, Resolved, Closed})
            for (const auto to : {New, InProgress, Waiting, Resolved, Closed})
                QCOMPARE(canMove(from, to), from == to || permitted.contains({from, to}));
    }

    void openMeansThatSomebodyHasToDoSomething()
    {
        QVERIFY(isOpen(New) && isOpen(InProgress) && isOpen(Waiting));
        QVERIFY(!isOpen(Resolved) && !isOpen(Closed));
    }

    void aCaseConcernsItsCustomerAndThePeopleOfAnOrganisation()
    {
        const Case ofTheFirm{.customer = {5}};

        QVERIFY(concerns(ofTheFirm, {.id = {5}}));
        QVERIFY(concerns(ofTheFirm, {.id = {6}, .organisation = {5}}));
        QVERIFY(!concerns(ofTheFirm, {.id = {6}, .organisation = {7}}));
        QVERIFY(!concerns(Case{}, Customer{}));
    }
};

QTEST_APPLESS_MAIN(tst_CaseSteps)
#include "tst_CaseSteps.moc"
