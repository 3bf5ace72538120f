using System.Text;

namespace EpPromo.Recipients.Spools;

/// <summary>Numbers and texts in the order in which they were written. Its full blocks are on a stream, the last one is in memory.</summary>
internal sealed class SpoolSequence
{
    private readonly SpoolBlocks _spool;
    private readonly List<int> _full = [];
    private byte[] _last = [];
    private int _used;
    private byte[] _text = [];

    /// <param name="spool">Holds the full blocks, also those of other sequences.</param>
    public SpoolSequence(SpoolBlocks spool) => _spool = spool;

    /// <summary>Writes a number from 0 on, in one byte if it is below 128.</summary>
    public void WriteNumber(long number)
    {
        for (ulong rest = (ulong)number; ; rest >>= 7)
        {
            bool isLast = rest < 0x80;
            WriteByte((byte)(isLast ? rest : rest | 0x80));
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>Writes a text, or null.</summary>
    public void WriteText(string? text)
    {
        if (text is null)
        {
            WriteNumber(0);
            return;
        }

        int maxLength = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (maxLength > _text.Length)
        {
            _text = new byte[maxLength];
        }

        int length = Encoding.UTF8.GetBytes(text, 0, text.Length, _text, 0);
        WriteNumber(length + 1);
        for (int start = 0; start < length;)
        {
            EnsureSpace();
            int count = Math.Min(length - start, _last.Length - _used);
            Buffer.BlockCopy(_text, start, _last, _used, count);
            start += count;
            _used += count;
        }
    }

    /// <summary>Starts to read it. Nothing may be written meanwhile.</summary>
    public Reader Read() => new(this);

    private void WriteByte(byte value)
    {
        EnsureSpace();
        _last[_used++] = value;
    }

    private void EnsureSpace()
    {
        if (_used < _last.Length)
        {
            return;
        }

        if (_last.Length == 0)
        {
            _last = new byte[SpoolBlocks.BlockLength];
        }
        else
        {
            _full.Add(_spool.Append(_last));
        }

        _used = 0;
    }

    /// <summary>Reads a sequence from its start.</summary>
    public sealed class Reader
    {
        private readonly SpoolSequence _sequence;
        private byte[] _block = [];
        private byte[]? _buffer;
        private int _nextBlock;
        private int _next;
        private int _end;

        public Reader(SpoolSequence sequence) => _sequence = sequence;

        public long ReadNumber()
        {
            ulong number = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte value = ReadByte();
                number |= (ulong)(value & 0x7F) << shift;
                if (value < 0x80)
                {
                    return (long)number;
                }
            }
        }

        public string? ReadText()
        {
            int length = (int)ReadNumber() - 1;
            if (length < 0)
            {
                return null;
            }

            if (length <= _end - _next)
            {
                string text = Encoding.UTF8.GetString(_block, _next, length);
                _next += length;
                return text;
            }

            byte[] bytes = new byte[length];
            for (int start = 0; start < length;)
            {
                EnsureBytes();
                int count = Math.Min(length - start, _end - _next);
                Buffer.BlockCopy(_block, _next, bytes, start, count);
                start += count;
                _next += count;
            }

            return Encoding.UTF8.GetString(bytes);
        }

        private byte ReadByte()
        {
            EnsureBytes();
            return _block[_next++];
        }

        private void EnsureBytes()
        {
            if (_next < _end)
            {
                return;
            }

            if (_nextBlock < _sequence._full.Count)
            {
                _block = _buffer ??= new byte[SpoolBlocks.BlockLength];
                _sequence._spool.Read(_sequence._full[_nextBlock++], _block);
                _end = _block.Length;
            }
            else
            {
                (_block, _end) = (_sequence._last, _sequence._used);
            }

            _next = 0;
        }
    }
}
