using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

public class BatchNameTests
{
    [Theory]
    [InlineData(1, 1, "bf26 0001/0001")]
    [InlineData(7, 25, "bf26 0007/0025")]
    [InlineData(4999, 5000, "bf26 4999/5000")]
    [InlineData(5001, 1, "bf26 5001/0001")]
    public void A_name_contains_the_run_the_number_and_the_planned_number_of_batches(int number, int planned, string name)
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
    [InlineData("bf26 00001/00002")]
    [InlineData("bf26 \u0660\u0660\u0660\u0661/\u0660\u0660\u0660\u0662")]
    [InlineData("bf26 \uFF10\uFF10\uFF10\uFF11/0001")]
    public void Another_name_is_not_one_of_the_run(string name) => Assert.Null(BatchName.Parse("bf26", name));

    /// <summary>Such a job is another client's; if it raised this run's numbers, no further batch would be possible.</summary>
    [Theory]
    [InlineData("bf26 2147483647/0001")]
    [InlineData("bf26 9999/0001")]
    [InlineData("bf26 5002/0001")]
    [InlineData("bf26 0000/0001")]
    [InlineData("bf26 0001/0000")]
    [InlineData("bf26 0001/5001")]
    [InlineData("bf26 9999/9999")]
    public void A_number_that_no_run_reaches_is_not_one_of_the_run(string name) => Assert.Null(BatchName.Parse("bf26", name));

    /// <summary>A store, or the machine that started the run, may write an accented letter as one character or as two.</summary>
    [Theory]
    [InlineData("\u00E9t\u00E9 26", "e\u0301te\u0301 26 0003/0004")]
    [InlineData("e\u0301te\u0301 26", "\u00E9t\u00E9 26 0003/0004")]
    [InlineData("e\u0301te\u0301 26", "\u00C9T\u00C9 26 0003/0004")]
    public void A_run_is_found_in_every_Unicode_form_of_its_name(string run, string name)
    {
        Assert.Equal((3, 4), (BatchName.Parse(run, name)?.Number, BatchName.Parse(run, name)?.Planned));
    }

    /// <summary>Names in PowerShell are not case-sensitive.</summary>
    [Theory]
    [InlineData("BF26 0001/0002")]
    [InlineData("Bf26 0001/0002")]
    public void A_run_is_found_in_upper_and_lower_case(string name) =>
        Assert.Equal(new BatchName("bf26", 1, 2), BatchName.Parse("bf26", name));

    /// <summary>The name of a run may start like the name of another one, and may look like one of its batches.</summary>
    [Theory]
    [InlineData("bf26 x")]
    [InlineData("bf26 0001/0002")]
    [InlineData("bf26 ")]
    public void Runs_whose_names_start_alike_are_distinguished(string other)
    {
        string job = new BatchName(other, 1, 3).ToString();

        Assert.Null(BatchName.Parse("bf26", job));
        Assert.NotNull(BatchName.Parse(other, job));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(CodeRunRequest.MaxBatches)]
    public void The_length_of_the_numbers_is_fixed(int planned) =>
        Assert.Equal(BatchName.SuffixLength, new BatchName("bf26", planned, planned).ToString().Length - "bf26".Length);
}
