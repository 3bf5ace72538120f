using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.WebPage.Rows;

namespace EpPromo.Sandbox.WebPage;

/// <summary>Reads what the page shows. Every list has a maximum length, so the size does not grow with the store.</summary>
internal sealed class PageData(StoreState state, RequestLog log, FaultRules faults)
{
    private readonly PageSetup _setup = PageSetup.Of(state);

    public PageSections Read(PageView view)
    {
        StoreSurvey survey = state.Execute(now => StoreSurvey.Of(state, view, now));
        RequestRows requests = RequestRows.Latest(log);
        FaultRows activeFaults = FaultRows.Of(faults);
        return PageSections.Of(
            survey.Now,
            ("setup", _setup),
            ("totals", survey.Totals),
            ("promotions", survey.Promotions),
            ("queue", survey.Queue),
            ("timeline", survey.Timeline),
            ("jobs", survey.Jobs),
            ("runs", survey.Runs),
            ("requests", requests),
            ("faults", activeFaults));
    }
}
