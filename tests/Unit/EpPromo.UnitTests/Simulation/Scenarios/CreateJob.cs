using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Creates a job, as <see cref="JobCreator.CreateAsync"/> or a mutant of it does.</summary>
internal delegate Task<PromotionJob> CreateJob(string promotionId, NewJob job, CancellationToken cancellationToken);
