using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>How a client creates a job: as <see cref="JobCreator.CreateAsync"/> does or, to see it caught, in a wrong way.</summary>
internal delegate Task<PromotionJob> CreateJob(string promotionId, NewJob job, CancellationToken cancellationToken);
