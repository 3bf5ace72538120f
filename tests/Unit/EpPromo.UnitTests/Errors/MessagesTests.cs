using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EpPromo.UnitTests.Errors;

/// <summary>Every error has a message and an action, and both can be formatted with the arguments of the error.</summary>
public partial class MessagesTests
{
    private const string Action = "_Action";

    /// <summary>The prefixes of texts that are not errors: parts of messages, warnings, verbose lines, prompts, plans, progress bars and reports.</summary>
    private static readonly string[] s_pureTexts = ["Detail", "Warning", "Verbose", "Debug", "Confirm", "Plan", "Progress", "Report"];

    private static readonly Dictionary<string, string> s_messages = SR.ResourceManager
        .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    public static TheoryData<string> ErrorIds =>
        [.. s_messages.Keys.Where(id => !id.EndsWith(Action, StringComparison.Ordinal) && !s_pureTexts.Any(id.StartsWith))];

    [Theory]
    [MemberData(nameof(ErrorIds))]
    public void An_error_says_what_to_do_about_it(string id)
    {
        Assert.Contains(id + Action, s_messages.Keys);
        Assert.False(string.IsNullOrWhiteSpace(s_messages[id]));
        Assert.False(string.IsNullOrWhiteSpace(s_messages[id + Action]));
    }

    [Fact]
    public void There_is_no_action_without_its_error() => Assert.All(
        s_messages.Keys.Where(id => id.EndsWith(Action, StringComparison.Ordinal)),
        id => Assert.Contains(id[..^Action.Length], s_messages.Keys));

    /// <summary>The build takes the last one, without a word.</summary>
    [Fact]
    public void No_message_is_there_twice()
    {
        string sources = typeof(MessagesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "SourceFolder").Value!;

        IEnumerable<string> names = XDocument.Load(Path.Combine(sources, "EpPromo", "SR.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value);

        Assert.Distinct(names);
    }

    /// <summary>The action has the arguments of the message, so it cannot use more of them.</summary>
    [Theory]
    [MemberData(nameof(ErrorIds))]
    public void A_message_numbers_its_arguments_without_a_gap(string id)
    {
        int[] numbers = Placeholders(s_messages[id]).Concat(Placeholders(s_messages[id + Action])).Distinct().Order().ToArray();

        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
    }

    [Fact]
    public void The_resource_and_the_class_have_the_same_messages()
    {
        string[] known = typeof(SR)
            .GetProperties(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(property => property.PropertyType == typeof(string))
            .Select(property => property.Name)
            .ToArray();

        Assert.Equal(s_messages.Keys.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    /// <summary>A noun in the format of its number agrees with it: never "1 codes".</summary>
    [Fact]
    public void A_noun_is_in_the_format_of_its_number() => Assert.All(
        s_messages.Values, message => Assert.DoesNotMatch(NounBehind(), Limits().Replace(message, "")));

    [Theory]
    [InlineData(1, 3, "Promotion p got 0 of 1 code: 3 batches in a row generated none (failed).")]
    [InlineData(1000, 1, "Promotion p got 0 of 1000 codes: 1 batch in a row generated none (failed).")]
    public void A_noun_agrees_with_its_number(int wanted, int batches, string message) =>
        Assert.Equal(message, new EpPromoException(ErrorKind.JobEnded, nameof(SR.TooManyEmptyBatches), "p", 0, wanted, batches, "failed", "n", "n").Message);

    /// <summary>Each of these has a plain word that the field uses: resume, interrupt, poll, response, in progress, reject, specify.</summary>
    [Fact]
    public void A_message_uses_the_words_of_the_field() => Assert.All(
        s_messages, message => Assert.False(PrivateWords().IsMatch(message.Value), $"{message.Key}: {message.Value}"));

    [Fact]
    public void An_error_without_a_message_cannot_be_created() =>
        Assert.Throws<InvalidOperationException>(() => new EpPromoException(ErrorKind.Refused, "NoSuchMessage"));

    private static IEnumerable<int> Placeholders(string format) =>
        Placeholder().Matches(format).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\{\d+\} (codes|jobs|requests|promotions|batches|creates|lines|tries|seconds|values)\b")]
    private static partial Regex NounBehind();

    /// <summary>"1 to {1} codes", "at most {1} batches": fixed limits, none of which is 1.</summary>
    [GeneratedRegex(@"(to|at most) \{\d+\} \w+")]
    private static partial Regex Limits();

    [GeneratedRegex(
        @"\b(broken off|(go|goes|going|gone) on|sittings?|answer(s|ed)?|any more|at work|asked for|begun|begins?|look(s|ed)? (at|on)|give way|"
        + @"refuse[sd]?|taken for|all the same|nobody|is there|are there|makes? no sense|trouble|is meant|are meant|told from|blanks?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex PrivateWords();

    [GeneratedRegex(@"\{(\d+)")]
    private static partial Regex Placeholder();
}
