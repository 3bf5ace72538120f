using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>Names and paths that Windows rejects, found before anything is sent.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("nul.csv")]
    [InlineData("con")]
    [InlineData("COM1.txt")]
    [InlineData("lpt9 .csv")]
    public void A_name_of_a_device_is_rejected(string name) =>
        Assert.Equal($"Windows reads the name '{name}' as a device, whatever its extension", FileNames.FindWindowsFault(name));

    [Theory]
    [InlineData("codes.csv.")]
    [InlineData("codes.csv ")]
    [InlineData("folder ")]
    public void A_dot_or_a_space_at_the_end_is_rejected(string name) =>
        Assert.Equal($"on Windows, a name cannot end in a dot or a space: '{name}'", FileNames.FindWindowsFault(name));

    [Theory]
    [InlineData("codes.csv")]
    [InlineData("null.csv")]
    [InlineData("com10.csv")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("C:")]
    [InlineData("")]
    public void Other_names_are_allowed(string name) => Assert.Null(FileNames.FindWindowsFault(name));

    /// <summary>The name while it is being written has 42 characters more than the file's own.</summary>
    [Theory]
    [InlineData(259 - 42, true)]
    [InlineData(259 - 41, false)]
    public void The_name_of_a_file_that_is_being_written_counts(int length, bool isAllowed)
    {
        string path = "/" + string.Concat(Enumerable.Repeat("folder/", 10));
        path += new string('x', length - path.Length);

        Exception? e = Record.Exception(() => FileNames.CheckPathLength(path, maxLength: 259));

        Assert.Equal(isAllowed ? null : "while the file is being written, its path has a length of 260, and Windows PowerShell allows 259", e?.Message);
    }
}
