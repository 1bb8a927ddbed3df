namespace Mnist.Lab.Memory;

/// <summary>
/// A cache on paper: it holds a number of lines and, when it is full, drops the one that was not asked for longest (LRU).
/// A real one looks for a line in a few places only, its set, and fetches lines ahead; the model says how much traffic
/// the order of the loads makes at best.
/// </summary>
public static class CacheModel
{
    /// <summary>Lines of a first-level cache of 48 KB.</summary>
    public const int L1Lines = 768;

    /// <summary>Counts the lines that are fetched because they are not there.</summary>
    /// <param name="addresses">The address of each load, in their order.</param>
    /// <param name="lines">Lines that the cache holds, at least 1.</param>
    public static long Fetches(IEnumerable<long> addresses, int lines = L1Lines)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentOutOfRangeException.ThrowIfLessThan(lines, 1);
        var byAge = new LinkedList<long>(); // the one asked for last stands first
        var places = new Dictionary<long, LinkedListNode<long>>();
        long fetches = 0;
        foreach (long line in addresses.Select(address => address / CacheLine.Bytes))
        {
            if (places.TryGetValue(line, out LinkedListNode<long>? place)) byAge.Remove(place);
            else
            {
                fetches++;
                if (places.Count == lines) Drop(byAge, places);
                place = places[line] = new LinkedListNode<long>(line);
            }
            byAge.AddFirst(place);
        }
        return fetches;
    }

    private static void Drop(LinkedList<long> byAge, Dictionary<long, LinkedListNode<long>> places)
    {
        places.Remove(byAge.Last!.Value);
        byAge.RemoveLast();
    }
}
