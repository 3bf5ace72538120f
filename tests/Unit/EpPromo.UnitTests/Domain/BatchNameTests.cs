namespace EpPromo.UnitTests.Domain;

public class BatchNameTests
{
    [Theory]
    [InlineData(1, 1, "bf26 0001/0001")]
    [InlineData(7, 25, "bf26 0007/0025")]
    [InlineData(7, 12345, "bf26 00007/12345")]
    [InlineData(12345, 25, "bf26 12345/0025")]
    public void A_name_tells_the_run_the_number_and_how_many_were_planned(int number, int planned, string name)
    {
        Assert.Equal(name, new BatchName("bf26", number, planned).ToString());
        Assert.Equal(new BatchName("bf26", number, planned), BatchName.Parse("bf26", name));
    }

    [Theory]
    [InlineData("bf26")]
    [InlineData("bf26 ")]
    [InlineData("bf26 0001")]
    [InlineData("bf260001/0002")]
    [InlineData("bf26 1/2")]
    [InlineData("bf26 0001/0002/0003")]
    [InlineData("bf26 -001/0002")]
    [InlineData("bf26  0001/0002")]
    [InlineData("bf26 0001/0002 ")]
    [InlineData("bf26 0001/99999999999")]
    public void Another_name_is_none_of_the_run(string name) => Assert.Null(BatchName.Parse("bf26", name));

    /// <summary>Who types the name again in other letters means the same run, as with every name in PowerShell.</summary>
    [Theory]
    [InlineData("BF26 0001/0002")]
    [InlineData("Bf26 0001/0002")]
    public void A_run_is_found_in_whatever_case_its_name_is_given(string name) =>
        Assert.Equal(new BatchName("bf26", 1, 2), BatchName.Parse("bf26", name));

    /// <summary>A run's name may begin as another's does, and may look like a batch of it.</summary>
    [Theory]
    [InlineData("bf26 x")]
    [InlineData("bf26 0001/0002")]
    [InlineData("bf26 ")]
    public void Runs_whose_names_begin_alike_are_told_apart(string other)
    {
        string job = new BatchName(other, 1, 3).ToString();

        Assert.Null(BatchName.Parse("bf26", job));
        Assert.NotNull(BatchName.Parse(other, job));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9999)]
    [InlineData(10_000)]
    public void The_room_that_numbers_take_is_known(int planned) =>
        Assert.Equal(new BatchName("bf26", planned, planned).ToString().Length - "bf26".Length, BatchName.SuffixLength(planned));
}
