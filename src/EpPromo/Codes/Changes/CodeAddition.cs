namespace EpPromo.Codes.Changes;

/// <summary>Adds codes to one promotion, batch by batch.</summary>
internal sealed class CodeAddition
{
    /// <summary>How often codes are sent again that were not added although a request for them was lost. Each time takes a consistency window.</summary>
    private const int MaxRounds = 3;

    private readonly ICodeApi _api;
    private readonly string _promotionId;
    private readonly IReadOnlyList<NewCode> _codes;
    private readonly BatchSize _size;
    private readonly RemovedCodes _removed;
    private readonly LostWrites _lost;
    private readonly Func<RepeatedWrite> _newWrite;
    private readonly AddVerification _verification;
    private readonly AddReport _report;

    private Queue<NewCode> _rest;
    private Dictionary<string, PromotionCode>? _existing;
    private EpPromoException? _failure;

    /// <summary>An addition that has not started.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="observer">Receives what became of each code.</param>
    /// <param name="size">How many codes a request has; learns from rejections.</param>
    /// <param name="removed">The codes that were removed lately, although lists may show them.</param>
    /// <param name="lost">The requests whose responses were lost.</param>
    /// <param name="newWrite">Callback: returns a new write that records into <paramref name="lost"/>.</param>
    /// <param name="verification">Finds out which codes of lost requests were added.</param>
    public CodeAddition(
        ICodeApi api,
        string promotionId,
        IReadOnlyList<NewCode> codes,
        ICodeAddObserver observer,
        BatchSize size,
        RemovedCodes removed,
        LostWrites lost,
        Func<RepeatedWrite> newWrite,
        AddVerification verification)
    {
        _api = api;
        _promotionId = promotionId;
        _codes = codes;
        _report = new AddReport(observer);
        _size = size;
        _removed = removed;
        _lost = lost;
        _newWrite = newWrite;
        _verification = verification;
        _rest = new Queue<NewCode>(codes);
    }

    /// <summary>Adds the codes.</summary>
    /// <exception cref="EpPromoException">Not all codes could be sent.</exception>
    public async Task RunAsync(bool skipExisting, CancellationToken cancellationToken)
    {
        if (skipExisting)
        {
            await FindExistingAsync(_codes, cancellationToken);
        }

        await SendRestAsync(cancellationToken);
        for (int round = 0; _verification.IsPending; round++)
        {
            // From here on, whatever was lost has been processed or never will be, and the list shows it.
            await _lost.WaitAsync(cancellationToken);
            IReadOnlyList<NewCode> missing = await VerifyAsync(cancellationToken);
            if (round == MaxRounds && missing.Count > 0)
            {
                _failure ??= new EpPromoException(ErrorKind.Unavailable, nameof(SR.CodesLost), missing.Count);
            }

            _rest = new Queue<NewCode>(missing);
            await SendRestAsync(cancellationToken);
        }

        // Otherwise a late request could bring back a code that somebody removes after this.
        await _lost.WaitAsync(cancellationToken);
        if (_failure is not null && _report.Count < _codes.Count)
        {
            throw Failure(_failure);
        }
    }

    private async Task SendRestAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (_rest.Count > 0 && _failure is null)
            {
                await SendAsync(await NextBatchAsync(), cancellationToken);
            }
        }
        catch (EpPromoException e)
        {
            // Nothing more can be sent, but what was lost before must be verified.
            _failure = e;
        }
    }

    private async Task<IReadOnlyList<NewCode>> NextBatchAsync()
    {
        List<NewCode> batch = [];
        while (_rest.Count > 0 && batch.Count < _size.Value)
        {
            batch.AddRange(await WithoutExistingAsync([_rest.Dequeue()]));
        }

        return batch;
    }

    /// <summary>Sends a batch; in halves if the store rejects it, down to the codes that it rejects.</summary>
    /// <returns>Whether no request was rejected.</returns>
    private async Task<bool> SendAsync(IReadOnlyList<NewCode> codes, CancellationToken cancellationToken)
    {
        IReadOnlyList<NewCode> batch = await WithoutExistingAsync(codes);
        if (batch.Count == 0)
        {
            return true;
        }

        if (!_size.Accepts(batch.Count))
        {
            return await SendHalvesAsync(batch, cancellationToken);
        }

        RepeatedWrite write = _newWrite();
        try
        {
            await ReportAddedAsync(
                batch, await write.SendAsync(() => _api.AddCodesAsync(_promotionId, batch, cancellationToken), cancellationToken));
            return true;
        }
        catch (EpPromoException e) when (write.IsLost)
        {
            // The lost request may have added them, and most likely has if they are duplicates now.
            _verification.Add(batch);
            if (!IsAboutCodes(e))
            {
                throw;
            }

            // Rejected, so that nobody takes the size of the batch for the reason.
            return false;
        }
        catch (ApiException e) when (IsAboutCodes(e))
        {
            return await HandleRejectionAsync(batch, e, cancellationToken);
        }
    }

    /// <summary>Finds out which codes of a rejected batch the store accepts.</summary>
    /// <returns>False: a request was rejected.</returns>
    private async Task<bool> HandleRejectionAsync(IReadOnlyList<NewCode> batch, ApiException rejection, CancellationToken cancellationToken)
    {
        bool isDuplicate = rejection.ErrorId == nameof(SR.DuplicateCode);
        if (isDuplicate && batch.Any(_verification.WasLost))
        {
            // The list did not show them yet, although it should.
            _verification.Add(batch);
        }
        else if (isDuplicate && _existing is null)
        {
            await FindExistingAsync(
                _codes.Where(code => !_report.Contains(code) && !_verification.Contains(code)), cancellationToken);
            await SendAsync(batch, cancellationToken);
        }
        else if (batch.Count == 1)
        {
            await ReportRejectedAsync(batch[0], rejection);
        }
        else if (await SendHalvesAsync(batch, cancellationToken))
        {
            _size.Reject(batch.Count);
        }

        return false;
    }

    private async Task<bool> SendHalvesAsync(IReadOnlyList<NewCode> batch, CancellationToken cancellationToken)
    {
        int half = (batch.Count + 1) / 2;
        bool isFirstAccepted = await SendAsync([.. batch.Take(half)], cancellationToken);
        return await SendAsync([.. batch.Skip(half)], cancellationToken) && isFirstAccepted;
    }

    /// <summary>Finds out which codes exist, before any of them is sent that may only seem to.</summary>
    private async Task FindExistingAsync(IEnumerable<NewCode> codes, CancellationToken cancellationToken)
    {
        // Decided before the list is read, which takes a while.
        string[] texts = [.. codes.Select(code => code.Text).Where(text => !_removed.MayBeListed(_promotionId, text))];
        _existing = await new CodeSetFinder(_api, _promotionId).FindAsync(texts, cancellationToken);
    }

    /// <summary>The codes that are not known to exist; the others are reported.</summary>
    private async Task<IReadOnlyList<NewCode>> WithoutExistingAsync(IReadOnlyList<NewCode> codes)
    {
        List<NewCode> others = [];
        foreach (NewCode code in codes)
        {
            if (_existing?.ContainsKey(code.Text) == true)
            {
                await _report.ExistingAsync(code);
            }
            else
            {
                others.Add(code);
            }
        }

        return others;
    }

    /// <summary>Finds out which codes of lost requests were added.</summary>
    /// <returns>Those that were not.</returns>
    private async Task<IReadOnlyList<NewCode>> VerifyAsync(CancellationToken cancellationToken)
    {
        int unknown = _verification.Count;
        VerifiedCodes verified;
        try
        {
            verified = await _verification.VerifyAsync(cancellationToken);
        }
        catch (EpPromoException e)
        {
            throw new EpPromoException(
                e, ErrorKind.Uncertain, nameof(SR.AddUncertain), _promotionId, unknown, _codes.Count - _report.Count - unknown, e.Message);
        }

        await _report.VerifiedAsync(verified);
        return verified.Missing;
    }

    private async Task ReportAddedAsync(IReadOnlyList<NewCode> batch, AddedCodes response)
    {
        Dictionary<string, PromotionCode> added = new(CodeComparer.Instance);
        foreach (PromotionCode code in response.Codes)
        {
            added[code.Text] = code;
        }

        foreach (NewCode code in batch)
        {
            if (added.TryGetValue(code.Text, out PromotionCode? known))
            {
                await _report.AddedAsync(known);
            }
            else
            {
                // The response does not say that it was added.
                _verification.Add([code]);
                _lost.Add();
            }
        }

        if (response.InOtherPromotions.Count > 0)
        {
            await _report.InOtherPromotionsAsync(response.InOtherPromotions);
        }
    }

    private async Task ReportRejectedAsync(NewCode code, ApiException error)
    {
        if (error.ErrorId == nameof(SR.DuplicateCode))
        {
            await _report.ExistingAsync(code);
            return;
        }

        if (IsLimit(error.Error.Title) || IsLimit(error.Error.Detail))
        {
            throw new EpPromoException(error, ErrorKind.LimitExceeded, nameof(SR.CodesLimitExceeded), _promotionId, error.Error, _report.AddedCount, _codes.Count);
        }

        await _report.RejectedAsync(code, error);
    }

    /// <summary>Whether a rejection may be about some of the codes; others hold for all requests.</summary>
    private static bool IsAboutCodes(EpPromoException error) => error.ErrorId is nameof(SR.RequestRefused) or nameof(SR.DuplicateCode);

    private static bool IsLimit(string words) => words.IndexOf("limit exceeded", StringComparison.OrdinalIgnoreCase) >= 0;

    private EpPromoException Failure(EpPromoException cause) =>
        cause.ErrorId == nameof(SR.CodesLimitExceeded) || (_report.Count == 0 && cause is not UncertainResultException)
            ? cause
            : new EpPromoException(cause, cause.Kind == ErrorKind.Uncertain ? ErrorKind.Unavailable : cause.Kind, nameof(SR.CodesNotAdded),
                _promotionId, _codes.Count - _report.Count, _codes.Count, (cause as UncertainResultException)?.Reason ?? cause.Message);
}
