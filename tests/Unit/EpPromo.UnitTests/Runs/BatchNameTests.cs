using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

public class BatchNameTests
{
    [Theory]
    [InlineData(1, 1, "bf26 0001/0001")]
    [InlineData(7, 25, "bf26 0007/0025")]
    [InlineData(4999, 5000, "bf26 4999/5000")]
    [InlineData(5001, 1, "bf26 5001/0001")]
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
    [InlineData("bf26 00001/00002")]
    [InlineData("bf26 \u0660\u0660\u0660\u0661/\u0660\u0660\u0660\u0662")]
    [InlineData("bf26 \uFF10\uFF10\uFF10\uFF11/0001")]
    public void Another_name_is_none_of_the_run(string name) => Assert.Null(BatchName.Parse("bf26", name));

    /// <summary>No run ever gets there: somebody else's job, which must not push this run's numbers to where no job can follow.</summary>
    [Theory]
    [InlineData("bf26 2147483647/0001")]
    [InlineData("bf26 9999/0001")]
    [InlineData("bf26 5002/0001")]
    [InlineData("bf26 0000/0001")]
    [InlineData("bf26 0001/0000")]
    [InlineData("bf26 0001/5001")]
    [InlineData("bf26 9999/9999")]
    public void A_number_that_no_run_reaches_is_none_of_the_run(string name) => Assert.Null(BatchName.Parse("bf26", name));

    /// <summary>A store, or the machine where the run began, may write an accented letter as one character or as two.</summary>
    [Theory]
    [InlineData("\u00E9t\u00E9 26", "e\u0301te\u0301 26 0003/0004")]
    [InlineData("e\u0301te\u0301 26", "\u00E9t\u00E9 26 0003/0004")]
    [InlineData("e\u0301te\u0301 26", "\u00C9T\u00C9 26 0003/0004")]
    public void A_run_is_found_in_whichever_form_its_letters_come_back(string run, string name)
    {
        Assert.Equal((3, 4), (BatchName.Parse(run, name)?.Number, BatchName.Parse(run, name)?.Planned));
    }

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
    [InlineData(CodeRunRequest.MaxBatches)]
    public void The_room_that_numbers_take_is_known(int planned) =>
        Assert.Equal(BatchName.SuffixLength, new BatchName("bf26", planned, planned).ToString().Length - "bf26".Length);
}
