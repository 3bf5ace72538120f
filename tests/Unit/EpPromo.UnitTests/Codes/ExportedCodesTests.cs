using System.Globalization;
using System.Reflection;
using System.Text;
using EpPromo.Codes;
using EpPromo.Http.Csv;
using EpPromo.PowerShell.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>The rows of an export file as objects: the file's further columns are properties beside those of a code.</summary>
public class ExportedCodesTests
{
    [Fact]
    public void Each_further_column_is_a_text_property_before_those_of_a_code()
    {
        object row = Assert.Single(Create("code,max_uses,Created By,2nd\na,5,mia,\n"));

        Assert.Equal([("max_uses", "5"), ("Created By", "mia"), ("2nd", "")], Further(row));
        Assert.Equal(("a", 5), (((PromotionCode)row).Code, ((PromotionCode)row).MaxUses!.Value));
        Assert.Equal(["max_uses", "Created By", "2nd", "Code", "MaxUses"], row.GetType().GetProperties().Take(5).Select(property => property.Name));
        Assert.Equal("EpPromo.ExportedCode", row.GetType().FullName);
    }

    [Fact]
    public void A_file_without_further_columns_has_plain_codes() =>
        Assert.Equal(typeof(PromotionCode), Assert.Single(Create("Code,Uses\na,5\n")).GetType());

    [Fact]
    public void Files_with_the_same_columns_have_the_same_type()
    {
        Type first = Assert.Single(Create("code,note\na,1\n")).GetType();

        Assert.Same(first, Assert.Single(Create("code,note\nb,2\n")).GetType());
        Assert.NotSame(first, Assert.Single(Create("code,other\nb,2\n")).GetType());
        Assert.NotSame(first, Assert.Single(Create("note,code\n2,b\n")).GetType());
        Assert.Equal([("note", "2")], Further(Assert.Single(Create("note,code\n2,b\n"))));
    }

    [Fact]
    public void A_row_with_a_value_that_cannot_be_read_has_a_property_for_it()
    {
        object[] rows = Create("code,uses,note\na,3,x\nb,many,y\nc,4,z\n");

        Assert.Equal(
            [[("note", "x")], [("uses_2", "many"), ("note", "y")], [("note", "z")]],
            rows.Select(Further));
        Assert.Equal([3, null, 4], rows.Select(row => ((PromotionCode)row).Uses));
    }

    [Fact]
    public void A_row_equals_a_code_with_the_same_values()
    {
        object row = Assert.Single(Create("code,note\na,1\n"));

        Assert.Equal(new PromotionCode(new ListedCode((PromotionCode)row)), row);
        Assert.NotEqual(new PromotionCode(new ListedCode((PromotionCode)row) { Code = "b" }), row);
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(3_000, 3)]
    public void Long_names_and_many_columns_are_properties(int count, int length)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, 'n'))];

        object row = Assert.Single(Create($"code,{string.Join(',', names)}\na,{string.Join(',', names.Select((_, i) => i))}\n"));

        Assert.Equal(names.Select((name, i) => (name, i.ToString(CultureInfo.InvariantCulture))), Further(row));
    }

    private static object[] Create(string csv)
    {
        using MemoryStream file = new(Encoding.UTF8.GetBytes(csv));
        ExportedCodes codes = new();
        return [.. ExportCsvReader.Read(file, new PromotionJob { JobId = "job-1" }).Select(codes.Create)];
    }

    private static IEnumerable<(string, string)> Further(object row) => row.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(_ => row.GetType() != typeof(PromotionCode))
        .Select(property => (property.Name, (string)property.GetValue(row)!));
}
